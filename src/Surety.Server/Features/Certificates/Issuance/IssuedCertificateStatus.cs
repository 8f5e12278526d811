namespace Surety.Server.Features.Certificates;

/// <summary>What a certificate that was issued counts for now.</summary>
/// <remarks>The numbers are stored.</remarks>
internal enum IssuedCertificateStatus
{
    /// <summary>The device may use it.</summary>
    Active = 0,

    /// <summary>The device has used a newer one since.</summary>
    Superseded = 1,

    /// <summary>It was taken back.</summary>
    Revoked = 2,
}
