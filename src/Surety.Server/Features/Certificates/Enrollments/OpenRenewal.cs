namespace Surety.Server.Features.Certificates;

/// <summary>A renewal that is under way. Changed under its own lock.</summary>
/// <param name="id">The enrolment.</param>
/// <param name="account">Whose device.</param>
/// <param name="device">The device.</param>
/// <param name="certificateName">Which certificate.</param>
/// <param name="expiresAt">When it is given up.</param>
internal sealed class OpenRenewal(EntityId id, EntityId account, EntityId device, string certificateName, DateTimeOffset expiresAt)
{
    private readonly Lock _lock = new();
    private string? _fingerprint;
    private bool _isAnswered;

    public EntityId Id => id;

    public EntityId Account => account;

    public EntityId Device => device;

    public string CertificateName => certificateName;

    public DateTimeOffset ExpiresAt => expiresAt;

    /// <summary>The device was ordered to renew by this process.</summary>
    public bool IsOrdered { get; set; }

    /// <summary>It was ordered by a process that has ended.</summary>
    public bool IsResumed { get; init; }

    /// <summary>A round has passed since it was resumed.</summary>
    public bool HasWaited { get; set; }

    /// <summary>The certificate it got; null: none yet.</summary>
    public string? Fingerprint
    {
        get
        {
            lock (_lock)
                return _fingerprint;
        }
    }

    private bool IsLwm2m => certificateName == CertificateOrder.Lwm2m;

    /// <summary>The device has got a certificate. True when that is all there was to do.</summary>
    public bool OnIssued(string fingerprint)
    {
        lock (_lock)
        {
            _fingerprint = fingerprint;
            return !IsLwm2m && _isAnswered;
        }
    }

    /// <summary>The device says that it has done as it was told. True when that is all there was to do.</summary>
    public bool OnAnswered()
    {
        lock (_lock)
        {
            _isAnswered = true;
            return !IsLwm2m && _fingerprint is not null;
        }
    }

    /// <summary>What the renewal comes to when its time is over; null is success.</summary>
    public string? OnExpired()
    {
        lock (_lock)
        {
            if (_fingerprint is null)
                return _isAnswered ? "the device took the order, and asked for no certificate in time" : "the device did not take the order in time";
            // Only what a device registers with shows that it works.
            return IsLwm2m ? "the device got a certificate, and did not connect with it in time" : null;
        }
    }
}
