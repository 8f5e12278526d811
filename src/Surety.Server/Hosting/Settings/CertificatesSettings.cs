using Surety.Pki;

namespace Surety.Server.Hosting.Settings;

/// <summary>What the platform's own authority issues.</summary>
internal sealed record CertificatesSettings
{
    /// <summary>
    /// How long a device's certificate is valid, 1 to 7300 days; it ends with its authority at the latest. Default 365: long enough for devices
    /// that sleep for months, short enough that a lost key does not live for ever.
    /// </summary>
    public required TimeSpan DeviceLifetime { get; init; }

    /// <summary>
    /// How long after its end a device's certificate still opens the bootstrap server, to get another one; 0 to 7300 days, 0: not at all. Default 365:
    /// a device that slept too long is not lost, and each that is let in so is a device event.
    /// </summary>
    public required TimeSpan ExpiredGrace { get; init; }

    /// <summary>
    /// Where the REST address is reached from outside, for those who verify devices: issued certificates then say where revocation lists and the
    /// OCSP responder are. Default none: they say nothing, and are 200 bytes shorter.
    /// </summary>
    public required Uri? PublicUrl { get; init; }

    /// <summary>The <c>pkcs11:</c> URI (RFC 7512) of the key that issues, when it is in a token. Default none: it is the file <c>ca/intermediate.key</c>.</summary>
    public required string? AuthorityKey { get; init; }

    /// <summary>The URI of the key that issued before, which goes on to sign its revocation list. Default none.</summary>
    public required string? OlderAuthorityKey { get; init; }

    /// <summary>
    /// A file with the passphrase of the keys in the folder <c>ca</c>, those that the server makes as well, or with the PIN of the token. Default
    /// none: keys are not encrypted, and a URI has its own <c>pin-source</c>.
    /// </summary>
    public required string? PassphraseFile { get; init; }

    public static CertificatesSettings Read(SettingsReader reader) => new()
    {
        DeviceLifetime = TimeSpan.FromDays(reader.Number("Certificates:DeviceLifetimeDays", 365, 1, 7300, "days that a device's certificate is valid")),
        ExpiredGrace = TimeSpan.FromDays(reader.Number("Certificates:ExpiredGraceDays", 365, 0, 7300, "days after its end that a device's certificate still opens the bootstrap server")),
        PublicUrl = reader.HttpUri("Certificates:PublicUrl", "URL of this server in issued certificates, for CRL and OCSP"),
        AuthorityKey = TokenKey(reader, "Certificates:AuthorityKey", "pkcs11: URI of the key that issues, when it is in a token"),
        OlderAuthorityKey = TokenKey(reader, "Certificates:OlderAuthorityKey", "pkcs11: URI of the key that issued before"),
        PassphraseFile = reader.Text("Certificates:PassphraseFile", null, "file with the passphrase of the authority's keys, or the PIN of the token"),
    };

    private static string? TokenKey(SettingsReader reader, string key, string meaning)
    {
        var uri = reader.Text(key, null, meaning);
        // The value stays unsaid: it may have a PIN in it.
        if (uri is not null && !SigningKey.IsInToken(uri))
            reader.Mistake(key, "is no URI that begins with pkcs11:; a key in a file is ca/intermediate.key in the data directory");
        return uri;
    }
}
