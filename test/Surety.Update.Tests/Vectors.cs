using System.Security.Cryptography;
using System.Text.Json;

namespace Surety.Update.Tests;

/// <summary>
/// Manifests that Pelion's manifest-tool has made and checked, and the example envelopes of draft-ietf-suit-manifest; the file says from where.
/// </summary>
internal static class Vectors
{
    private static readonly JsonElement Root = Read();

    /// <summary>Names and bytes of Pelion's manifests.</summary>
    public static IEnumerable<(string Name, string Hex, JsonElement Decoded)> Manifests => Root.GetProperty("pelion_manifest").GetProperty("vectors").EnumerateArray()
        .Select(vector => (vector.GetProperty("name").GetString()!, vector.GetProperty("der").GetString()!, vector.GetProperty("decoded")));

    /// <summary>Names and bytes of SUIT envelopes; those with a signature are longer.</summary>
    public static IEnumerable<(string Name, string Hex)> Envelopes => Root.GetProperty("suit").GetProperty("examples").EnumerateArray()
        .SelectMany(example => example.GetProperty("envelopes").EnumerateArray().Select(envelope =>
            ($"{example.GetProperty("name").GetString()} ({envelope.GetProperty("size").GetInt32()} bytes)", envelope.GetProperty("cbor").GetString()!)));

    /// <summary>The image that the manifests are about.</summary>
    public static byte[] Firmware => [.. Enumerable.Range(0, 4096).Select(i => (byte)i)];

    public static byte[] UpdateCertificate => Convert.FromHexString(Root.GetProperty("pelion_manifest").GetProperty("update_certificate_der").GetString()!);

    /// <summary>The key that has signed Pelion's manifests, with its private half.</summary>
    public static ECDsa PelionKey()
    {
        JsonElement manifests = Root.GetProperty("pelion_manifest");
        byte[] point = Convert.FromHexString(manifests.GetProperty("public_key_uncompressed").GetString()!);
        return ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[1..33], Y = point[33..] },
            D = Convert.FromHexString(manifests.GetProperty("test_private_scalar_hex").GetString()!),
        });
    }

    /// <summary>The key that has signed the draft's examples.</summary>
    public static ECDsa SuitKey()
    {
        ECDsa key = ECDsa.Create();
        key.ImportFromPem(Root.GetProperty("suit").GetProperty("public_key_pem").GetString());
        return key;
    }

    private static JsonElement Read()
    {
        using Stream file = typeof(Vectors).Assembly.GetManifestResourceStream("Surety.Update.Tests.vectors.update-vectors.json")!;
        return JsonDocument.Parse(file).RootElement.Clone();
    }
}
