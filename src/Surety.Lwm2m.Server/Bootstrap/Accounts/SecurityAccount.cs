using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// What an instance of the Security object (0) says: how a device reaches a server or Bootstrap-Server, and how the two prove themselves (Core TS 1.2.2, E.1).
/// Null: not written.
/// </summary>
/// <param name="ServerUri">0: LwM2M Server URI, at most 255 characters.</param>
/// <param name="Mode">2: Security Mode.</param>
public sealed record SecurityAccount(string ServerUri, SecurityMode Mode)
{
    private const int MaxUri = 255;

    /// <summary>1: Bootstrap-Server.</summary>
    public bool IsBootstrapServer { get; init; }

    /// <summary>3: Public Key or Identity: the device's certificate (DER), public key (SubjectPublicKeyInfo), or PSK identity.</summary>
    public ReadOnlyMemory<byte>? PublicKeyOrIdentity { get; init; }

    /// <summary>4: Server Public Key: certificate or public key of the server, or of the authority above it (<see cref="Usage"/>).</summary>
    public ReadOnlyMemory<byte>? ServerPublicKey { get; init; }

    /// <summary>5: Secret Key: the pre-shared key, or the device's private key.</summary>
    public ReadOnlyMemory<byte>? SecretKey { get; init; }

    /// <summary>10: Short Server ID, 1 to 65534; null for a Bootstrap-Server.</summary>
    public ushort? ShortServerId { get; init; }

    /// <summary>11: Client Hold Off Time, seconds.</summary>
    public uint? ClientHoldOffTime { get; init; }

    /// <summary>12: Bootstrap-Server Account Timeout, seconds; 0 and null: the account stays.</summary>
    public uint? BootstrapServerAccountTimeout { get; init; }

    /// <summary>13: Matching Type (since LwM2M 1.1).</summary>
    public MatchingType? MatchingType { get; init; }

    /// <summary>14: SNI: the name to ask for and to find in the server's certificate, when the URI has another (since LwM2M 1.1).</summary>
    public string? ServerNameIndication { get; init; }

    /// <summary>15: Certificate Usage (since LwM2M 1.1). Without it devices take <see cref="ServerPublicKey"/> for the server's own certificate.</summary>
    public CertificateUsage? Usage { get; init; }

    /// <summary>16: DTLS/TLS Ciphersuite, numbers of IANA's registry, <c>0xC0AE</c> for instance (since LwM2M 1.1).</summary>
    public IReadOnlyList<ushort> CipherSuites { get; init; } = [];

    /// <summary>17: OSCORE Security Mode: the instance of the OSCORE object (since LwM2M 1.1).</summary>
    public ushort? OscoreInstance { get; init; }

    /// <summary>25: Secondary LwM2M Server URIs (since LwM2M 1.2).</summary>
    public IReadOnlyList<string> SecondaryServerUris { get; init; } = [];

    /// <summary>Whatever else the instance is to say, by resource id.</summary>
    public IReadOnlyDictionary<ushort, ResourceValue> Others { get; init; } = new Dictionary<ushort, ResourceValue>();

    /// <summary>Checks that a device can use it.</summary>
    /// <exception cref="ArgumentException">Something is missing or out of range; the message says what.</exception>
    public void Validate()
    {
        if (FindFault() is { } fault)
            throw new ArgumentException(fault);
    }

    /// <summary>The instance as values.</summary>
    /// <param name="instance">Its id.</param>
    /// <param name="version">What the device speaks: what its version does not have is left out.</param>
    public IReadOnlyList<ResourceEntry> ToEntries(ushort instance, Lwm2mVersion version)
    {
        // E.1: what a mode has no use for is best not written. In LwM2M 1.0 the resources are mandatory, and empty.
        ReadOnlyMemory<byte>? missing = version == Lwm2mVersion.V10 && Mode != SecurityMode.CertificateWithEst ? ReadOnlyMemory<byte>.Empty : default(ReadOnlyMemory<byte>?);
        var entries = new EntryList(CoreObjects.Security, instance);
        entries.Add(0, ServerUri);
        entries.Add(1, IsBootstrapServer);
        entries.Add(2, (long)Mode);
        entries.Add(3, PublicKeyOrIdentity ?? missing);
        entries.Add(4, ServerPublicKey ?? missing);
        entries.Add(5, SecretKey ?? missing);
        entries.Add(10, ShortServerId);
        entries.Add(11, ClientHoldOffTime);
        entries.Add(12, BootstrapServerAccountTimeout);
        if (version >= Lwm2mVersion.V11)
        {
            entries.AddUnsigned(13, (ulong?)MatchingType);
            entries.Add(14, ServerNameIndication);
            entries.AddUnsigned(15, (ulong?)Usage);
            entries.AddAll(16, CipherSuites.Select(static suite => ResourceValue.FromUnsigned(suite)));
            if (OscoreInstance is { } oscore)
                entries.AddValue(17, ResourceValue.FromObjectLink(new ObjectLink(CoreObjects.Oscore, oscore)));
        }

        if (version >= Lwm2mVersion.V12)
            entries.AddAll(25, SecondaryServerUris.Select(ResourceValue.FromString));
        entries.AddOthers(Others);
        return entries.Values;
    }

    private string? FindFault()
    {
        if (ServerUri.Length > MaxUri || !CoapUri.TryParse(ServerUri, out CoapUri? uri, out _))
            return $"'{ServerUri}' is no CoAP URI of at most {MaxUri} characters: coaps://host:port.";
        if (IsBootstrapServer != ShortServerId is null)
            return IsBootstrapServer ? "The account of a Bootstrap-Server has no short server id." : "The account of a server has a short server id.";
        if (ShortServerId is 0 or ushort.MaxValue)
            return "A short server id is 1 to 65534.";
        if (uri.IsSecure == (Mode == SecurityMode.NoSec))
            return $"Security mode {(int)Mode} ({Mode}) does not go with {uri.Scheme}.";
        return Mode switch
        {
            SecurityMode.PreSharedKey when IsEmpty(PublicKeyOrIdentity) || IsEmpty(SecretKey) => "A pre-shared key has an identity (3) and a key (5).",
            SecurityMode.RawPublicKey or SecurityMode.Certificate when IsEmpty(PublicKeyOrIdentity) || IsEmpty(ServerPublicKey) || IsEmpty(SecretKey) =>
                $"Security mode {(int)Mode} ({Mode}) has the device's certificate or public key (3), the server's (4), and the device's private key (5).",
            SecurityMode.CertificateWithEst when !IsEmpty(PublicKeyOrIdentity) || !IsEmpty(SecretKey) || IsEmpty(ServerPublicKey) =>
                "With EST (4) the device makes its own key: there is the server's certificate (4), and neither 3 nor 5.",
            SecurityMode.NoSec when !IsEmpty(PublicKeyOrIdentity) || !IsEmpty(ServerPublicKey) || !IsEmpty(SecretKey) => "Without security there are no keys.",
            < SecurityMode.PreSharedKey or > SecurityMode.CertificateWithEst => "A security mode is 0 to 4.",
            _ => null,
        };
    }

    private static bool IsEmpty(ReadOnlyMemory<byte>? value) => value is null or { Length: 0 };

    /// <summary>Without keys.</summary>
    public override string ToString() => $"{ServerUri}, security mode {(int)Mode}";
}
