using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>An observation of a device: of an object, an instance, a resource, or of several at once (LwM2M Core 6.4).</summary>
public sealed class Observation
{
    internal NotificationOrder Order;

    internal Observation(Registration registration, ulong token, Lwm2mPath path, IReadOnlyList<Lwm2mPath>? paths, ContentFormat? accept)
    {
        Registration = registration;
        Token = token;
        Path = path;
        Paths = paths;
        Accept = accept;
    }

    /// <summary>The device's registration.</summary>
    public Registration Registration { get; }

    /// <summary>What is observed; the root for a composite observation.</summary>
    public Lwm2mPath Path { get; }

    /// <summary>The paths of a composite observation; null otherwise.</summary>
    public IReadOnlyList<Lwm2mPath>? Paths { get; }

    /// <summary>The Content-Format that was asked for.</summary>
    public ContentFormat? Accept { get; }

    /// <summary>Notifications are still expected.</summary>
    public bool IsActive { get; internal set; } = true;

    /// <summary>The token that notifications carry.</summary>
    internal ulong Token { get; }

    /// <summary>The next observation of the same device.</summary>
    internal Observation? Next { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Paths is null ? $"{Path} of {Registration.Endpoint}" : $"{string.Join(' ', Paths)} of {Registration.Endpoint}";
}
