namespace Surety.Server.Features.Connect;

/// <summary>A message between a device and the platform, as the live trace shows it.</summary>
internal sealed record TraceLine
{
    /// <summary>When it came or went.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>in: from the device. out: to it.</summary>
    public required string Direction { get; init; }

    /// <summary>lwm2m or bootstrap: the server it is with.</summary>
    public required string Server { get; init; }

    /// <summary>coap, coaps, coap+tcp or coaps+tcp.</summary>
    public required string Scheme { get; init; }

    /// <summary>The device's address and port.</summary>
    public string? Address { get; init; }

    /// <summary>What protects the way: protocol, cipher suite, Connection ID.</summary>
    public string? Security { get; init; }

    /// <summary>CON, NON, ACK or RST; null over TCP and TLS.</summary>
    public string? Type { get; init; }

    /// <summary>The code, such as 0.02 or 2.05.</summary>
    public required string Code { get; init; }

    /// <summary>The method or the answer in words, such as POST or Content.</summary>
    public required string CodeName { get; init; }

    /// <summary>Message ID; null over TCP and TLS.</summary>
    public int? MessageId { get; init; }

    /// <summary>The token, hexadecimal.</summary>
    public required string Token { get; init; }

    /// <summary>The path of a request, and of its answer.</summary>
    public string? Path { get; init; }

    /// <summary>The options, in order.</summary>
    public required IReadOnlyList<TraceOption> Options { get; init; }

    /// <summary>The number of the content format.</summary>
    public int? ContentFormat { get; init; }

    /// <summary>Bytes of the payload.</summary>
    public required int PayloadLength { get; init; }

    /// <summary>The payload in words: values by their paths, or a text. Null: there is none, or it cannot be read alone, such as a block of a larger one.</summary>
    public string? Text { get; init; }

    /// <summary>The payload is not shown: what a bootstrap writes holds keys.</summary>
    public bool Withheld { get; init; }

    /// <summary>The message as a CoAP datagram, base64: what a capture has. Null when the payload is withheld.</summary>
    public string? Datagram { get; init; }

    /// <summary>Lines before this one that were not sent because the reader was too slow.</summary>
    public int Missed { get; init; }
}
