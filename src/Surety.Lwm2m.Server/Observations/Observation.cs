using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>An observation of a device: of an object, an instance, a resource, or of several at once (LwM2M Core 6.4).</summary>
public sealed class Observation
{
    private NotificationOrder _order;
    private uint _newest;

    internal Observation(Registration registration, ulong token, Lwm2mPath path)
    {
        Registration = registration;
        Token = token;
        Path = path;
    }

    /// <summary>The device's registration.</summary>
    public Registration Registration { get; }

    /// <summary>What is observed; the root for a composite observation.</summary>
    public Lwm2mPath Path { get; }

    /// <summary>The paths of a composite observation; null otherwise.</summary>
    public IReadOnlyList<Lwm2mPath>? Paths { get; internal init; }

    /// <summary>The Content-Format that was asked for.</summary>
    public ContentFormat? Accept { get; internal init; }

    /// <summary>The attributes that went with the request, <c>pmin=10</c> for instance (LwM2M 1.2).</summary>
    public IReadOnlyList<string> Queries { get; internal init; } = [];

    /// <summary>What the platform wants to find with each notification. Not kept over a restart.</summary>
    public object? Tag { get; set; }

    /// <summary>Notifications are still expected.</summary>
    public bool IsActive { get; internal set; } = true;

    /// <summary>The format of the list of paths in a composite observation's requests; null for one path.</summary>
    internal ContentFormat? PathsFormat { get; init; }

    /// <summary>The token that notifications carry.</summary>
    internal ulong Token { get; }

    /// <summary>The device reports this by itself, under a token of its own (<see cref="ReportedLinks"/>): it is neither told to begin nor to end.</summary>
    internal bool IsReported => Paths is null && Accept is null && Queries.Count == 0 && Registration.Shared.Reported.Contains(Path);

    /// <summary>The device has confirmed it.</summary>
    internal bool IsKept { get; set; }

    /// <summary>The next observation of the same device.</summary>
    internal Observation? Next { get; set; }

    /// <summary>The request that begins the observation; and, with the same token, ends it (RFC 7641, 3.6: all options but Observe are the same).</summary>
    internal DeviceRequest ToRequest() => PathsFormat is { } format
        ? DeviceRequest.ReadComposite(Paths!, format, Registration, Accept) with { Queries = Queries }
        : new DeviceRequest(CoapCode.Get, Path) { Accept = Accept, Queries = Queries };

    /// <summary>Takes note of a notification's Observe option (RFC 7641, 3.4).</summary>
    /// <returns>False when a newer one has come before.</returns>
    internal bool TryAdvance(uint sequence, long now)
    {
        lock (this)
        {
            // The same once more is not a duplicate, which never gets here: what came before could not be kept, and was not acknowledged.
            if (!_order.TryAdvance(sequence, now) && sequence != _newest)
                return false;
            _newest = sequence;
            return true;
        }
    }

    /// <summary>No later notification has come.</summary>
    internal bool IsNewest(uint sequence)
    {
        lock (this)
            return sequence == _newest;
    }

    /// <inheritdoc/>
    public override string ToString() => Paths is null ? $"{Path} of {Registration.Endpoint}" : $"{string.Join(' ', Paths)} of {Registration.Endpoint}";
}
