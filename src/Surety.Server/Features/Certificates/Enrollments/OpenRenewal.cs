using Surety.Coap;
using Surety.Lwm2m.Server;

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
    private bool _isTold;
    private bool _wasTold;
    private bool _isUnanswered;
    private bool _hasWaited;
    private (RegistrationId Registration, CoapPeer Peer) _toldAt;

    public EntityId Id => id;

    public EntityId Account => account;

    public EntityId Device => device;

    public string CertificateName => certificateName;

    public DateTimeOffset ExpiresAt => expiresAt;

    /// <summary>It was ordered by a process that has ended.</summary>
    public bool IsResumed { get; init; }

    /// <summary>The device may know the order from before: it was told by a process that has ended, or twice by this one.</summary>
    public bool IsToldAgain { get; private set; }

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

    /// <summary>
    /// Whether the device is to be told now: this process has not told it, or it did not answer and has come anew since, as after a power cut. To
    /// renew twice is no harm, and not at all would be.
    /// </summary>
    public bool TryTell(Registration registration)
    {
        var here = (registration.Id, registration.Peer);
        var shown = registration.Peer is { Endpoint: not null, Identity: PeerIdentity.Certificate certificate } ? Convert.ToHexStringLower(certificate.Thumbprint.Span) : null;
        lock (_lock)
        {
            var hasComeAnew = _isUnanswered && here != _toldAt;
            if (_isTold && !hasComeAnew)
                return false;
            // A device that may have its certificate comes with it, if it was not heard since a restart, or gets a round to. One that has come anew, and not with it, has not got it.
            if (_fingerprint is not null && (registration.Peer.Endpoint is null || shown == _fingerprint || !(hasComeAnew || _hasWaited)))
                return false;
            IsToldAgain = _wasTold || IsResumed;
            _isTold = _wasTold = true;
            _isUnanswered = _hasWaited = false;
            _toldAt = here;
            return true;
        }
    }

    /// <summary>A round has passed.</summary>
    public void OnRound()
    {
        lock (_lock)
            _hasWaited = true;
    }

    /// <summary>The device has not answered: its power is gone, or its key takes it long.</summary>
    public void OnUnanswered()
    {
        lock (_lock)
            _isUnanswered = true;
    }

    /// <summary>The device is to be told at a later round: the way to it was broken, before it was told or after, or it was busy.</summary>
    public void OnNotTold()
    {
        lock (_lock)
            _isTold = false;
    }

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
