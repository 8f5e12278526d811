using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>How to observe.</summary>
public sealed record ObserveOptions
{
    /// <summary>The Content-Format wanted; null lets the device choose.</summary>
    public ContentFormat? Accept { get; init; }

    /// <summary>Attributes that go with the observation, <c>pmin=10</c> for instance (LwM2M 1.2).</summary>
    public IReadOnlyList<string> Queries { get; init; } = [];

    /// <summary>Becomes the <see cref="Observation.Tag"/>.</summary>
    public object? Tag { get; init; }
}
