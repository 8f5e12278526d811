using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Surety.Server.Features.Cluster;

/// <summary>
/// Requests between nodes, signed: <c>time.digest.proof</c>, where the digest is the SHA-256 of the body and the proof an HMAC-SHA-256 over method, path with
/// query, time and digest. A proof is good for a minute; what nodes ask of each other may come twice.
/// </summary>
internal sealed class SignedRequests(ClusterSecret secret, TimeProvider time)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    public string Sign(string method, string path, ReadOnlySpan<byte> body)
    {
        var signed = $"{time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}.{Digest(body)}";
        return $"{signed}.{Base64Url.EncodeToString(Prove(method, path, signed))}";
    }

    /// <summary>Whether a node of this cluster has sent the request, within the last minute. Before its body is read.</summary>
    /// <param name="header">The proof.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path with the query.</param>
    /// <param name="digest">What the body must have, see <see cref="Digest"/>.</param>
    public bool IsGenuine(string? header, string method, string path, out string digest)
    {
        digest = "";
        if (header?.Split('.') is not [var seconds, var stated, var proof] || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - at) > Tolerance.TotalSeconds)
            return false;
        digest = stated;
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Base64Url.TryDecodeFromChars(proof, bytes, out var length) && length == bytes.Length
            && CryptographicOperations.FixedTimeEquals(bytes, Prove(method, path, $"{seconds}.{stated}"));
    }

    /// <summary>The digest of a body.</summary>
    public static string Digest(ReadOnlySpan<byte> body) => Convert.ToHexString(SHA256.HashData(body));

    private byte[] Prove(string method, string path, string signed) => secret.Prove(Encoding.UTF8.GetBytes($"{method}\n{path}\n{signed}"));
}
