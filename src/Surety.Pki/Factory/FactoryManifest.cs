using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Surety.Pki;

/// <summary>What a factory has made in a batch, signed by its authority; docs/certificate-authority.md has the form.</summary>
/// <param name="Factory">The factory.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Quota">The quota that it was made under.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Requested">Devices that were asked for.</param>
/// <param name="LogStart">Entries of the factory's log before the batch.</param>
/// <param name="LogSize">Entries of the factory's log after the batch.</param>
/// <param name="LogRoot">Root of the log after the batch, hexadecimal.</param>
/// <param name="Devices">What was made.</param>
/// <param name="Failures">What was not made, and why.</param>
public sealed record FactoryManifest(
    string Factory, string Batch, string Quota, DateTimeOffset MadeAt, int Requested, int LogStart, int LogSize, string LogRoot, IReadOnlyList<FactoryDevice> Devices,
    IReadOnlyList<FactoryFailure> Failures)
{
    /// <summary>The <c>typ</c> of the signed document.</summary>
    public const string DocumentType = "surety-factory-manifest+json";

    /// <summary>Signs the manifest.</summary>
    public byte[] Sign(CertificateAuthority factory, params X509Certificate2[] chain)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return SignedDocument.Sign(JsonSerializer.SerializeToUtf8Bytes(this, FactoryJson.Default.FactoryManifest), DocumentType, factory.Key, [factory.Certificate, .. chain]);
    }

    /// <summary>Reads a manifest of a factory that is trusted.</summary>
    /// <param name="document">The signed document.</param>
    /// <param name="trusted">Whom to believe: the factory's authority, or one above it.</param>
    /// <param name="time">Now.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> document, CertificationPathValidator trusted, DateTimeOffset time, [NotNullWhen(true)] out FactoryManifest? manifest, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        manifest = null;
        if (!SignedDocument.TryVerify(document, DocumentType, trusted, time, out byte[]? payload, out problem))
            return false;
        FactoryManifest? read;
        try
        {
            read = JsonSerializer.Deserialize(payload, FactoryJson.Default.FactoryManifest);
        }
        catch (JsonException e)
        {
            problem = $"it is no manifest ({e.Message})";
            return false;
        }

        if (read is null || read.Devices.Any(device => device is null || !IsHex(device.Sha256, 64) || !IsHex(device.Serial, null) || string.IsNullOrWhiteSpace(device.EndpointName)))
            problem = "it is no manifest: each device has an endpoint name, a serial number and a SHA-256 fingerprint in hexadecimal";
        else if (read.Devices.Count + read.Failures.Count != read.Requested || read.LogSize - read.LogStart != read.Devices.Count)
            problem = "it contradicts itself: devices made and failed are not those requested, or not those in the log";
        else
            manifest = read;
        return manifest is not null;
    }

    /// <summary>Compares the manifest with what is known.</summary>
    /// <param name="isKnown">Whether a certificate with this SHA-256 (hexadecimal, lower case) is known already, from this batch or another.</param>
    public FactoryImportReport Compare(Func<string, bool> isKnown)
    {
        ArgumentNullException.ThrowIfNull(isKnown);
        HashSet<string> seen = [];
        List<FactoryDevice> fresh = [], repeated = [], known = [];
        foreach (FactoryDevice device in Devices)
        {
            string fingerprint = device.Sha256.ToLowerInvariant();
            (!seen.Add(fingerprint) ? repeated : isKnown(fingerprint) ? known : fresh).Add(device);
        }

        return new(Requested, Failures.Count, fresh, repeated, known);
    }

    private static bool IsHex(string? text, int? length) => text is { Length: > 0 and <= 64 } && (length is null || text.Length == length) && text.All(char.IsAsciiHexDigit);
}
