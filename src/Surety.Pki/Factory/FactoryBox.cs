using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Surety.Pki;

/// <summary>
/// A factory's authority in a folder of a machine that has no network: <c>box.json</c>, <c>ca.pem</c> (its certificate and those above), the key, <c>quota-authority.pem</c>, <c>quota.json</c> and <c>issued.log</c>. It makes
/// certificates as long as its quota allows, keeps a log of all, and signs a manifest of each batch. One process at a time.
/// </summary>
public sealed class FactoryBox : IDisposable
{
    /// <summary>RFC 5280, 4.1.2.5: no end that is known. A device's first certificate must not end before the device does.</summary>
    public static readonly DateTimeOffset NoEnd = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly FactorySettings _settings;
    private readonly CertificateAuthority _authority;
    private readonly X509Certificate2Collection _chain;
    private readonly IssuedCertificateLog _log;

    private FactoryBox(string folder, FactorySettings settings, CertificateAuthority authority, X509Certificate2Collection chain, IssuedCertificateLog log, TimeProvider time)
    {
        _folder = folder;
        _settings = settings;
        _authority = authority;
        _chain = chain;
        _log = log;
        _time = time;
    }

    /// <summary>The authority's certificate.</summary>
    public X509Certificate2 Certificate => _authority.Certificate;

    /// <summary>Certificates made since the beginning.</summary>
    public int Made => _log.Count;

    /// <summary>What the log is.</summary>
    public TreeHead Head => _log.Head;

    /// <summary>The factory.</summary>
    public FactorySettings Settings => _settings;

    /// <summary>Sets a box up.</summary>
    /// <param name="folder">Where; it is made when it is not there.</param>
    /// <param name="settings">How.</param>
    /// <param name="chain">The authority's certificate first, then those above it.</param>
    /// <param name="quotaAuthority">Whose quotas count.</param>
    /// <exception cref="FactoryException">There is a box in the folder already.</exception>
    public static void Create(string folder, FactorySettings settings, IEnumerable<X509Certificate2> chain, X509Certificate2 quotaAuthority)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Directory.CreateDirectory(folder);
        if (File.Exists(Path.Combine(folder, "box.json")))
            throw new FactoryException($"There is a factory box in {folder} already.");
        PemFiles.WriteCertificates(Path.Combine(folder, "ca.pem"), chain);
        PemFiles.WriteCertificates(Path.Combine(folder, "quota-authority.pem"), [quotaAuthority]);
        PemFiles.WriteText(Path.Combine(folder, "box.json"), JsonSerializer.Serialize(settings, FactoryJson.Default.FactorySettings) + "\n");
    }

    /// <summary>Opens a box.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="passphrase">Of the key, or the PIN of the token.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FactoryException">There is no box in the folder.</exception>
    /// <exception cref="IOException">A file cannot be read, or another process has the box.</exception>
    /// <exception cref="CryptographicException">The key cannot be opened.</exception>
    public static FactoryBox Open(string folder, string? passphrase, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string settingsPath = Path.Combine(folder, "box.json"), certificatePath = Path.Combine(folder, "ca.pem");
        if (!File.Exists(settingsPath))
            throw new FactoryException($"There is no factory box in {folder}; 'surety factory init' makes one.");
        FactorySettings settings;
        try
        {
            settings = JsonSerializer.Deserialize(File.ReadAllText(settingsPath), FactoryJson.Default.FactorySettings)!;
        }
        catch (JsonException e)
        {
            throw new FactoryException($"{settingsPath} cannot be read: {e.Message}", e);
        }

        CertificateAuthority authority = CertificateAuthority.Load(certificatePath, SigningKey.IsInToken(settings.Key) ? settings.Key : Path.Combine(folder, settings.Key), passphrase);
        try
        {
            return new(folder, settings, authority, PemFiles.ReadCertificates(certificatePath), IssuedCertificateLog.Open(Path.Combine(folder, "issued.log")), time);
        }
        catch
        {
            authority.Dispose();
            throw;
        }
    }

    /// <summary>The quota that counts now.</summary>
    /// <exception cref="FactoryException">There is none that counts.</exception>
    public FactoryQuota ReadQuota()
    {
        string path = Path.Combine(_folder, "quota.json");
        if (!File.Exists(path))
            throw new FactoryException($"There is no quota in {path}: nothing may be made. Ask for one that names the factory '{_settings.Factory}', and put it there.");
        var trusted = new CertificationPathValidator(PemFiles.ReadCertificates(Path.Combine(_folder, "quota-authority.pem")));
        if (!FactoryQuota.TryRead(File.ReadAllBytes(path), trusted, _time.GetUtcNow(), out FactoryQuota? quota, out string? problem))
            throw new FactoryException($"The quota in {path} does not count: {problem}.");
        if (quota.Factory != _settings.Factory)
            throw new FactoryException($"The quota '{quota.Id}' is for the factory '{quota.Factory}', and this one is '{_settings.Factory}'.");
        return quota.NotAfter < _time.GetUtcNow() ? throw new FactoryException($"The quota '{quota.Id}' ended on {quota.NotAfter:yyyy-MM-dd}.") : quota;
    }

    /// <summary>Makes devices with keys: for each a file <c>name.pem</c> (certificate and chain) and <c>name.key</c> (mode 0600), and the batch's manifest.</summary>
    /// <param name="batch">The batch's name.</param>
    /// <param name="endpointNames">The devices.</param>
    /// <param name="output">An existing folder.</param>
    /// <exception cref="FactoryException">The quota does not suffice; nothing was made.</exception>
    public FactoryManifest Make(string batch, IReadOnlyList<string> endpointNames, string output)
    {
        ArgumentNullException.ThrowIfNull(endpointNames);
        return Run(batch, endpointNames, output, name =>
        {
            SigningKey key = SigningKey.Generate();
            return (name, Issue(key.PublicKey, name), key);
        });
    }

    /// <summary>Certifies keys that devices have made: for each a file <c>name.pem</c>, and the batch's manifest.</summary>
    /// <param name="batch">The batch's name.</param>
    /// <param name="requests">Files with a PKCS #10 request each, DER or PEM; the common name is the endpoint name.</param>
    /// <param name="output">An existing folder.</param>
    /// <exception cref="FactoryException">The quota does not suffice; nothing was made.</exception>
    public FactoryManifest SignRequests(string batch, IReadOnlyList<string> requests, string output)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return Run(batch, requests, output, file =>
        {
            if (!CertificationRequest.TryParse(PemFiles.ReadEncoded(file), out CertificationRequest? request, out string? problem))
                throw new FactoryException(problem);
            string name = request.CommonName ?? throw new FactoryException("the request has no common name, which would be the endpoint name");
            return (name, Issue(request.PublicKey, name), null);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log.Dispose();
        _authority.Dispose();
    }

    private FactoryManifest Run(string batch, IReadOnlyList<string> items, string output, Func<string, (string Name, X509Certificate2 Certificate, SigningKey? Key)> make)
    {
        string manifestPath = Path.Combine(output, FileName(batch) + ".manifest.json");
        if (File.Exists(manifestPath))
            throw new FactoryException($"There is a batch '{batch}' in {output} already.");
        FactoryQuota quota = ReadQuota();
        int start = _log.Count;
        if (items.Count > quota.Limit - start)
            throw new FactoryException($"The quota '{quota.Id}' allows {quota.Limit} devices, {start} were made: {items.Count} more are too many. Ask for a new quota.");
        List<FactoryDevice> devices = [];
        List<FactoryFailure> failures = [];
        HashSet<string> names = [];
        var validator = new CertificationPathValidator([_authority.Certificate]);
        foreach (string item in items)
        {
            try
            {
                (string name, X509Certificate2 certificate, SigningKey? key) = make(item);
                using (certificate)
                using (key)
                {
                    // A name outside of the authority's constraints would be refused by everybody.
                    CertificationPath path = validator.Validate(certificate, [], _time.GetUtcNow(), CertificatePurpose.Client);
                    string? problem = !path.IsValid ? path.Reason : names.Add(name) ? null : $"the endpoint name '{name}' is there twice in the batch";
                    if (problem is not null)
                        throw new FactoryException(problem);
                    byte[] fingerprint = SHA256.HashData(certificate.RawData);
                    _log.Append(fingerprint, certificate.SerialNumberBytes.Span, _time.GetUtcNow());
                    // Logged before it leaves the box.
                    _log.Flush();
                    key?.Save(Path.Combine(output, FileName(name) + ".key"));
                    PemFiles.WriteCertificates(Path.Combine(output, FileName(name) + ".pem"), [certificate, .. _chain]);
                    devices.Add(new(name, Convert.ToHexStringLower(certificate.SerialNumberBytes.Span), Convert.ToHexStringLower(fingerprint)));
                }
            }
            catch (Exception e) when (e is FactoryException or ArgumentException)
            {
                failures.Add(new(Path.GetFileName(item), e.Message));
            }
        }

        TreeHead head = _log.Head;
        var manifest = new FactoryManifest(
            _settings.Factory, batch, quota.Id, _time.GetUtcNow(), items.Count, start, head.Size, Convert.ToHexStringLower(head.Root.Span), devices, failures);
        PemFiles.WriteText(manifestPath, System.Text.Encoding.UTF8.GetString(manifest.Sign(_authority, [.. _chain.Skip(1)])));
        return manifest;
    }

    private X509Certificate2 Issue(PublicKey key, string name) => _authority.Issue(key, CertificateProfile.Device(
        new(name, _settings.Organization, _settings.OrganizationalUnit), new(_time.GetUtcNow() - ValidityPeriod.ClockTolerance, NoEnd)));

    // Endpoint names are URNs, with colons; nothing of them may lead out of the folder.
    private static string FileName(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')).TrimStart('.');
}
