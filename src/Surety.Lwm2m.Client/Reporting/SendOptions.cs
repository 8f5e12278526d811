using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>How a Send is done (LwM2M Core 6.4.6).</summary>
public sealed record SendOptions
{
    /// <summary>The defaults.</summary>
    public static SendOptions Default { get; } = new();

    /// <summary>SenML CBOR (112), SenML JSON (110) or, since LwM2M 1.2, LwM2M CBOR (11544). Default: SenML CBOR, which can tell times.</summary>
    public ContentFormat Format { get; init; } = ContentFormat.SenmlCbor;

    /// <summary>The time at which paths were read is told with their values; for formats that can. Default false.</summary>
    public bool WithTimestamps { get; init; }

    /// <summary>Sent Confirmable (the default) or Non-confirmable (since LwM2M 1.2.1).</summary>
    public bool Confirmable { get; init; } = true;
}
