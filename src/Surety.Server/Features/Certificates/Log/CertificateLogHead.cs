using System.Buffers.Binary;
using Surety.Pki;

namespace Surety.Server.Features.Certificates;

/// <summary>What the log of issued certificates is now: keep it, and ask later whether the log was only appended to since.</summary>
internal sealed record CertificateLogHead
{
    /// <summary>Always <c>certificate-log</c>.</summary>
    public string Object { get; init; } = "certificate-log";

    /// <summary>Certificates in the log.</summary>
    public required int TreeSize { get; init; }

    /// <summary>Merkle tree hash over them (RFC 6962, 2.1), hexadecimal.</summary>
    public required string RootHash { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>ECDSA with SHA-256 over the TreeHeadSignature (RFC 6962, 3.5), DER in base64.</summary>
    public required string Signature { get; init; }

    /// <summary>PEM: the authority whose key has signed.</summary>
    public required string Certificate { get; init; }

    /// <summary>RFC 6962, 3.5: version v1, signature type tree_hash, milliseconds since 1970, size, root.</summary>
    public static byte[] BytesToSign(DateTimeOffset timestamp, TreeHead head)
    {
        var bytes = new byte[2 + 8 + 8 + 32];
        bytes[1] = 1;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), timestamp.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(10), head.Size);
        head.Root.Span.CopyTo(bytes.AsSpan(18));
        return bytes;
    }
}
