namespace Surety.Lwm2m.Client;

/// <summary>Gets certificates for accounts of security mode 4, with keys that are made on the device (LwM2M Transport 5.2.9.5; RFC 9148).</summary>
public interface IEnrollment
{
    /// <summary>Whether there is a certificate for an account that was not found useless. Without one the client bootstraps. Called under the client's lock.</summary>
    bool IsEnrolled(SecurityInstance account);

    /// <summary>Enrols, over the connection on which the bootstrap has just finished.</summary>
    /// <exception cref="Exception">There is no certificate; the message says why. The client bootstraps again later, unless an earlier certificate does.</exception>
    Task EnrollAsync(EnrollmentOrder order, CancellationToken cancellationToken);
}
