using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// The platform's own authorities, in the folder <c>ca</c> of the data directory: a root, which the first run makes and whose key may then be
/// taken away, and under it the online intermediate that issues the server's certificate and those of devices. Its key may be in a token; then
/// both were made beforehand.
/// </summary>
internal sealed partial class PlatformAuthority(DataDirectory data, SuretySettings settings, TimeProvider time, ILogger<PlatformAuthority> log) : IDisposable
{
    private static readonly TimeSpan RootLifetime = TimeSpan.FromDays(20 * 365);

    // Two years, the second of which is for what the first one issued: a device certificate of a year never outlives its authority.
    private static readonly TimeSpan IntermediateLifetime = TimeSpan.FromDays(2 * 365);
    private static readonly TimeSpan IntermediateRenewalTime = TimeSpan.FromDays(365);
    private static readonly TimeSpan ServerLifetime = TimeSpan.FromDays(825);

    // A server certificate is made anew at a start within this time of its end.
    private static readonly TimeSpan ServerRenewalTime = TimeSpan.FromDays(60);

    private readonly List<CertificateAuthority> _older = [];
    private string? _passphrase;
    private CertificateAuthority? _authority;

    /// <summary>The online intermediate, which issues; after <see cref="Load"/>.</summary>
    public CertificateAuthority Authority => _authority ?? throw new InvalidOperationException("The authority is not loaded yet.");

    /// <summary>The authorities whose keys are here, the one that issues first: older ones still sign what is known of their certificates.</summary>
    public IEnumerable<CertificateAuthority> Authorities => _older.Prepend(Authority);

    /// <summary>The root: what devices are given to believe, and where chains of the platform's certificates end.</summary>
    public X509Certificate2 Root { get; private set; } = null!;

    /// <summary>The intermediates whose certificates are still about, the one that issues first.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates { get; private set; } = [];

    /// <summary>The server's certificate with the intermediate above it, for devices.</summary>
    public TlsCertificate ServerCertificate { get; private set; } = null!;

    /// <summary>SHA-256 of the root's certificate, hexadecimal.</summary>
    public string Thumbprint => IssuedCertificates.FingerprintOf(Root.RawData);

    /// <summary>What nodes of a cluster must have in common: root, issuing intermediate, and the server's public key.</summary>
    public string Fingerprints =>
        $"{Thumbprint}/{IssuedCertificates.FingerprintOf(Intermediates[0].RawData)}/{IssuedCertificates.FingerprintOf(ServerCertificate.Certificate.PublicKey.ExportSubjectPublicKeyInfo())}";

    /// <summary>Where the root's certificate is, for devices that must know it.</summary>
    public string CertificatePath => PathOf("ca.pem");

    /// <summary>When the root was made.</summary>
    public DateTimeOffset CreatedAt => new(File.GetLastWriteTimeUtc(CertificatePath), TimeSpan.Zero);

    private string RootKeyPath => PathOf("ca.key");

    private string IntermediatePath => PathOf("intermediate.pem");

    private string IntermediateKeyPath => PathOf("intermediate.key");

    /// <summary>Reads the authorities, or makes them.</summary>
    /// <exception cref="StartupException">A file cannot be used.</exception>
    public void Load()
    {
        try
        {
            System.IO.Directory.CreateDirectory(data.File("ca"));
            _passphrase = settings.Certificates.PassphraseFile is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : null;
            using var root = LoadRoot();
            _authority = LoadIntermediate(root);
            LoadServerCertificate();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException($"The certificate authority in '{data.File("ca")}' cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The name of an authority in addresses and records: its subject key identifier, hexadecimal, lower case.</summary>
    public static string KeyIdOf(X509Certificate2 authority) =>
        authority.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifier?.ToLowerInvariant()
        ?? throw new CryptographicException($"the certificate of '{authority.Subject}' has no subject key identifier");

    /// <summary>One of <see cref="Authorities"/>; null: there is none of that name.</summary>
    public CertificateAuthority? FindAuthority(string keyId) => Authorities.FirstOrDefault(authority => KeyIdOf(authority.Certificate) == keyId);

    public void Dispose()
    {
        _authority?.Dispose();
        foreach (var older in _older)
            older.Dispose();
    }

    /// <summary>Reads the root, or makes it. Null when its key has been taken away.</summary>
    private CertificateAuthority? LoadRoot()
    {
        CertificateAuthority? root = null;
        if (!File.Exists(CertificatePath))
        {
            if (File.Exists(IntermediatePath))
                throw new CryptographicException($"the root's certificate {CertificatePath} is missing; put it back, the key {RootKeyPath} is not needed");
            if (settings.Certificates.AuthorityKey is not null)
                throw new CryptographicException($"an authority with its key in a token is made beforehand: with 'surety ca init --intermediate-key', whose root.pem becomes {CertificatePath} and ca.pem {IntermediatePath}");
            // From 1970 on: clients without a clock start there.
            root = CertificateAuthority.CreateRoot(CertificateProfile.Authority(
                new CertificateSubject($"Surety {RandomNumberGenerator.GetHexString(8, lowercase: true)}"), ValidityPeriod.FromEpoch(time, RootLifetime)));
            root.Save(CertificatePath, RootKeyPath, _passphrase);
        }
        else if (File.Exists(RootKeyPath))
        {
            root = CertificateAuthority.Load(CertificatePath, RootKeyPath, _passphrase);
        }

        Root = root is null ? PemFiles.ReadCertificates(CertificatePath)[0] : X509CertificateLoader.LoadCertificate(root.Certificate.RawData);
        return root;
    }

    private CertificateAuthority LoadIntermediate(CertificateAuthority? root)
    {
        List<X509Certificate2> known = File.Exists(IntermediatePath) ? [.. PemFiles.ReadCertificates(IntermediatePath)] : [];
        var now = time.GetUtcNow();
        var left = known.Count == 0 ? TimeSpan.Zero : known[0].NotAfter.ToUniversalTime() - now.UtcDateTime;
        if (known.Count > 0 && !IsUnderRoot(known[0]))
            throw new CryptographicException($"{IntermediatePath} was not issued by the root in {CertificatePath}; the two do not belong together");
        if (settings.Certificates.AuthorityKey is { } key)
            return LoadFromToken(key, known, left);
        // A start that was cut short between key and certificate leaves a key that fits nothing: the root makes another.
        var current = known.Count > 0 && File.Exists(IntermediateKeyPath) ? TryLoadIntermediate(canReplace: root is not null) : null;
        if (root is null)
        {
            if (current is null || left <= TimeSpan.Zero)
                throw new CryptographicException($"the intermediate is {(current is null ? "missing" : "expired")}, and making one needs the root's key in {RootKeyPath}");
            if (left < IntermediateRenewalTime)
                LogRootKeyNeeded(RootKeyPath, known[0].NotAfter.ToUniversalTime());
        }
        else if (current is null || left < IntermediateRenewalTime)
        {
            var canKeep = current is not null;
            current?.Dispose();
            var name = $"{Root.GetNameInfo(X509NameType.SimpleName, forIssuer: false)} Intermediate {RandomNumberGenerator.GetHexString(8, lowercase: true)}";
            current = root.IssueAuthority(CertificateProfile.Authority(
                new CertificateSubject(name), ValidityPeriod.FromEpoch(time, IntermediateLifetime), pathLength: 0));
            // The older key issues no more, and signs revocation lists until its certificates have ended.
            if (canKeep)
                File.Move(IntermediateKeyPath, KeyPathOf(known[0]), overwrite: true);
            current.Save(IntermediatePath + ".new", IntermediateKeyPath, _passphrase);
            File.Delete(IntermediatePath + ".new");
            foreach (var ended in known.Where(older => older.NotAfter.ToUniversalTime() <= now.UtcDateTime))
                File.Delete(KeyPathOf(ended));
            known = [current.Certificate, .. known.Where(older => older.NotAfter.ToUniversalTime() > now.UtcDateTime)];
            PemFiles.WriteCertificates(IntermediatePath, known);
            LogIntermediateMade(name);
        }

        LoadOlder(known);
        return current!;
    }

    /// <summary>The intermediate whose key is in a token; whoever has made it makes the next one, too.</summary>
    private CertificateAuthority LoadFromToken(string key, List<X509Certificate2> known, TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
            throw new CryptographicException($"the intermediate in {IntermediatePath} is {(known.Count == 0 ? "missing" : "expired")}; make one for the key in the token with 'surety ca issue-intermediate'");
        var current = CertificateAuthority.Load(IntermediatePath, key, _passphrase);
        if (left < IntermediateRenewalTime)
            LogIntermediateEnds(IntermediatePath, known[0].NotAfter.ToUniversalTime());
        LoadOlder(known);
        return current;
    }

    private void LoadOlder(List<X509Certificate2> known)
    {
        foreach (var older in known.Skip(1))
        {
            var key = File.Exists(KeyPathOf(older)) ? KeyPathOf(older) : older == known[1] ? settings.Certificates.OlderAuthorityKey : null;
            if (key is not null)
                _older.Add(new CertificateAuthority(X509CertificateLoader.LoadCertificate(older.RawData), SigningKey.Open(key, _passphrase)));
        }

        Intermediates = [.. known.Select(certificate => X509CertificateLoader.LoadCertificate(certificate.RawData))];
    }

    private CertificateAuthority? TryLoadIntermediate(bool canReplace)
    {
        try
        {
            return CertificateAuthority.Load(IntermediatePath, IntermediateKeyPath, _passphrase);
        }
        catch (CryptographicException) when (canReplace)
        {
            return null;
        }
    }

    private bool IsUnderRoot(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }

    /// <summary>
    /// The key stays when the certificate is made anew, and is that of every node: devices in security mode 1 (raw public key) know the server by
    /// nothing else.
    /// </summary>
    private void LoadServerCertificate()
    {
        var certificatePath = PathOf("server.pem");
        var keyPath = PathOf("server.key");
        using var key = File.Exists(keyPath) ? PemFiles.ReadPrivateKey(keyPath) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string[] hosts = [.. new[] { settings.PublicHost, "localhost", "127.0.0.1", "::1", ListensAt(settings.Lwm2m.CoapsTcp) }
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        if (File.Exists(certificatePath))
        {
            using var known = PemFiles.ReadCertificates(certificatePath)[0];
            var issuer = Intermediates.FirstOrDefault(above => above.SubjectName.RawData.AsSpan().SequenceEqual(known.IssuerName.RawData));
            if (issuer is not null && IsOf(known, key) && known.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime > ServerRenewalTime && hosts.All(host => known.MatchesHostname(host)))
            {
                ServerCertificate = new TlsCertificate(known.CopyWithPrivateKey(key), [issuer]);
                return;
            }
        }

        PemFiles.WritePrivateKey(keyPath, key);
        using var issued = Authority.Issue(new PublicKey(key), CertificateProfile.Server(hosts, ValidityPeriod.FromEpoch(time, ServerLifetime)));
        PemFiles.WriteCertificates(certificatePath, [issued, Intermediates[0]]);
        ServerCertificate = new TlsCertificate(issued.CopyWithPrivateKey(key), [Intermediates[0]]);
    }

    private static bool IsOf(X509Certificate2 certificate, ECDsa key) =>
        certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());

    private string KeyPathOf(X509Certificate2 older) => PathOf($"intermediate-{KeyIdOf(older)}.key");

    private string PathOf(string name) => data.File(Path.Combine("ca", name));

    private static string? ListensAt(IPEndPoint? endpoint) =>
        endpoint is null || endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any) ? null : endpoint.Address.ToString();

    [LoggerMessage(1751, LogLevel.Information, "The intermediate authority '{Name}' was made")]
    private partial void LogIntermediateMade(string name);

    [LoggerMessage(1752, LogLevel.Warning, "The intermediate authority ends at {NotAfter}: put the root's key at {Path} and start the server once, so that it makes the next one")]
    private partial void LogRootKeyNeeded(string path, DateTime notAfter);

    [LoggerMessage(1759, LogLevel.Warning, "The intermediate authority ends at {NotAfter}: make the next one, and put it first into {Path}")]
    private partial void LogIntermediateEnds(string path, DateTime notAfter);
}
