using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Pki;

namespace Surety.Cli;

/// <summary><c>surety ca</c>: certificate authorities in files and tokens.</summary>
internal static class CaCommands
{
    private const int DaysOfYear = 365;

    public static Command Create(TextWriter output, TimeProvider time) => new("ca", "Certificate authorities: root, intermediates, cross-signing, revocation lists.")
    {
        Init(output, time), IssueIntermediate(output, time), CrossSign(output, time), RevocationListCommand.Create(output, time),
    };

    /// <summary>The certificate and the key of the authority that signs.</summary>
    public static (Option<FileInfo> Certificate, Option<string> Key, Option<FileInfo?> Passphrase) SignerOptions() => (
        new("--ca") { Description = "The signing authority's certificate, PEM.", Required = true },
        new("--key") { Description = "Its key: a PEM file, or a pkcs11: URI.", Required = true },
        Passphrases.FileOption());

    public static CertificateAuthority Load(FileInfo certificate, string key, FileInfo? passphrase) =>
        Passphrases.Open(passphrase, "the authority's key", secret => CertificateAuthority.Load(certificate.FullName, key, secret));

    public static void RefuseToOverwrite(params string[] files)
    {
        if (files.FirstOrDefault(File.Exists) is { } file)
            throw new IOException($"{file} is there already; nothing was made. Choose another place.");
    }

    public static string Thumbprint(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));

    private static Command Init(TextWriter output, TimeProvider time)
    {
        Option<DirectoryInfo> directory = new("--directory") { Description = "Where: offline/ and online/ are made in it.", Required = true };
        Option<string> name = new("--name") { Description = "Common name of the root; the intermediate adds ' Issuing 1'.", Required = true };
        Option<string?> organization = new("--organization") { Description = "O of both." };
        Option<string?> rootKey = new("--root-key") { Description = "pkcs11: URI of the root's key. Without it a P-384 key is made in offline/root.key." };
        Option<string?> intermediateKey = new("--intermediate-key") { Description = "pkcs11: URI of the intermediate's key. Without it a P-256 key is made in online/ca.key." };
        Option<int> rootYears = new("--root-years") { Description = "Years of the root.", DefaultValueFactory = _ => 20 };
        Option<int> years = new("--years") { Description = "Years of the intermediate.", DefaultValueFactory = _ => 2 };
        Option<FileInfo?> rootPassphrase = Passphrases.FileOption("--root-passphrase-file", "the passphrase of the root's key, or its token's PIN");
        Option<FileInfo?> passphrase = Passphrases.FileOption(of: "the passphrase of the intermediate's key, or its token's PIN");
        Option<bool> noPassphrase = new("--no-passphrase") { Description = "Keys that are made are not encrypted: anybody who reads the files has them." };
        var command = new Command("init", "Makes an offline root and an online intermediate under it.\n\nExample:\n  surety ca init --directory pki --name \"Acme\" --organization Acme\nThen take pki/offline/ away, and give pki/online/ to the platform.")
        {
            directory, name, organization, rootKey, intermediateKey, rootYears, years, rootPassphrase, passphrase, noPassphrase,
        };
        command.SetAction(result =>
        {
            string rootFolder = Path.Combine(result.GetValue(directory)!.FullName, "offline"), folder = Path.Combine(result.GetValue(directory)!.FullName, "online");
            string rootPath = Path.Combine(rootFolder, "root.pem"), rootKeyPath = Path.Combine(rootFolder, "root.key"), path = Path.Combine(folder, "ca.pem"), keyPath = Path.Combine(folder, "ca.key");
            RefuseToOverwrite(rootPath, rootKeyPath, path, keyPath);
            bool plain = result.GetValue(noPassphrase);
            string? rootUri = result.GetValue(rootKey), uri = result.GetValue(intermediateKey);
            string? rootSecret = rootUri is not null ? Passphrases.Read(result.GetValue(rootPassphrase)) : plain ? null : Passphrases.ReadNew(result.GetValue(rootPassphrase), "the root's key");
            string? secret = uri is not null ? Passphrases.Read(result.GetValue(passphrase)) : plain ? null : Passphrases.ReadNew(result.GetValue(passphrase), "the intermediate's key");
            string commonName = result.GetValue(name)!;
            // From 1970 on: devices without a clock start there.
            using CertificateAuthority root = CertificateAuthority.CreateRoot(
                CertificateProfile.Root(new(commonName + " Root", result.GetValue(organization)), ValidityPeriod.FromEpoch(time, TimeSpan.FromDays(DaysOfYear * result.GetValue(rootYears)))),
                rootUri is null ? SigningKey.Generate(KeyCurve.P384) : SigningKey.Open(rootUri, rootSecret));
            using CertificateAuthority intermediate = root.IssueAuthority(
                CertificateProfile.Intermediate(new(commonName + " Issuing 1", result.GetValue(organization)), ValidityPeriod.FromEpoch(time, TimeSpan.FromDays(DaysOfYear * result.GetValue(years)))),
                uri is null ? SigningKey.Generate() : SigningKey.Open(uri, secret));
            Directory.CreateDirectory(rootFolder);
            Directory.CreateDirectory(folder);
            // Keys first: a certificate without its key would be taken for a finished authority.
            if (rootUri is null)
                root.Key.Save(rootKeyPath, rootSecret);
            if (uri is null)
                intermediate.Key.Save(keyPath, secret);
            PemFiles.WriteCertificates(rootPath, [root.Certificate]);
            PemFiles.WriteCertificates(path, [intermediate.Certificate]);
            PemFiles.WriteCertificates(Path.Combine(folder, "root.pem"), [root.Certificate]);
            output.WriteLine($"root:         {rootPath}  SHA-256 {Thumbprint(root.Certificate)}");
            output.WriteLine($"intermediate: {path}  SHA-256 {Thumbprint(intermediate.Certificate)}");
            output.WriteLine(rootUri is null ? $"Take {rootFolder} offline now: two copies on media that are not connected, and none here." : "The root's key stays in its token: take the token offline now.");
        });
        return command;
    }

    private static Command IssueIntermediate(TextWriter output, TimeProvider time)
    {
        (Option<FileInfo> ca, Option<string> key, Option<FileInfo?> passphrase) = SignerOptions();
        Option<string> name = new("--name") { Description = "Common name.", Required = true };
        Option<FileInfo> target = new("--out") { Description = "The new certificate, PEM.", Required = true };
        Option<FileInfo?> request = new("--request") { Description = "PKCS #10 request of a key elsewhere, DER or PEM." };
        Option<string?> subjectKey = new("--new-key") { Description = "File for a new P-256 key, or a pkcs11: URI of one that is there." };
        Option<FileInfo?> newPassphrase = Passphrases.FileOption("--new-passphrase-file", "the passphrase of the new key");
        Option<bool> noPassphrase = new("--no-passphrase") { Description = "The new key is not encrypted." };
        Option<string?> organization = new("--organization") { Description = "O; with --factory also what its devices must have." };
        Option<string?> unit = new("--unit") { Description = "With --factory: OU that its devices must have." };
        Option<bool> factory = new("--factory") { Description = "A device factory: certificates for subjects of --organization (and --unit) alone." };
        Option<int> years = new("--years") { Description = "Years.", DefaultValueFactory = _ => 2 };
        var command = new Command("issue-intermediate", "Makes an authority that issues end certificates.\n\nExample:\n  surety ca issue-intermediate --ca root.pem --key root.key --name \"Acme Hall 3\" --factory --organization Acme --new-key hall3.key --out hall3.pem --years 20")
        {
            ca, key, passphrase, name, target, request, subjectKey, newPassphrase, noPassphrase, organization, unit, factory, years,
        };
        command.SetAction(result =>
        {
            string? newKey = result.GetValue(subjectKey);
            FileInfo? requested = result.GetValue(request);
            if (newKey is null == requested is null)
                throw new ArgumentException("Either --request or --new-key is wanted.");
            bool isToken = newKey is not null && SigningKey.IsInToken(newKey);
            RefuseToOverwrite([result.GetValue(target)!.FullName, .. newKey is not null && !isToken ? [newKey] : Array.Empty<string>()]);
            string? owner = result.GetValue(organization);
            if (result.GetValue(factory) && owner is null)
                throw new ArgumentException("A factory is bounded by the --organization of its devices; name it.");
            var subject = new CertificateSubject(result.GetValue(name)!, owner);
            ValidityPeriod validity = ValidityPeriod.FromEpoch(time, TimeSpan.FromDays(DaysOfYear * result.GetValue(years)));
            CertificateProfile profile = result.GetValue(factory) ? CertificateProfile.DeviceFactory(subject, validity, NameConstraints.Within(owner!, result.GetValue(unit))) : CertificateProfile.Intermediate(subject, validity);
            using CertificateAuthority authority = Load(result.GetValue(ca)!, result.GetValue(key)!, result.GetValue(passphrase));
            PublicKey publicKey;
            if (requested is not null)
            {
                publicKey = ReadRequest(requested.FullName).PublicKey;
            }
            else
            {
                using SigningKey made = isToken ? SigningKey.Open(newKey!, Passphrases.Read(result.GetValue(newPassphrase))) : SigningKey.Generate();
                if (!isToken)
                    made.Save(newKey!, result.GetValue(noPassphrase) ? null : Passphrases.ReadNew(result.GetValue(newPassphrase), "the new key"));
                publicKey = made.PublicKey;
            }

            using X509Certificate2 certificate = authority.Issue(publicKey, profile);
            PemFiles.WriteCertificates(result.GetValue(target)!.FullName, [certificate]);
            output.WriteLine($"{certificate.Subject}: {result.GetValue(target)!.FullName}  SHA-256 {Thumbprint(certificate)}");
        });
        return command;
    }

    private static CertificationRequest ReadRequest(string path) =>
        CertificationRequest.TryParse(PemFiles.ReadEncoded(path), out CertificationRequest? request, out string? problem) ? request : throw new CryptographicException($"{path}: {problem}.");

    private static Command CrossSign(TextWriter output, TimeProvider time)
    {
        (Option<FileInfo> ca, Option<string> key, Option<FileInfo?> passphrase) = SignerOptions();
        Option<FileInfo> other = new("--certificate") { Description = "The authority that is certified, PEM.", Required = true };
        Option<FileInfo> target = new("--out") { Description = "The new certificate, PEM.", Required = true };
        Option<int> years = new("--years") { Description = "Years, as long as the other certificate at most.", DefaultValueFactory = _ => 5 };
        var command = new Command("cross-sign", "Certifies another authority's key under its own name, for a roll-over.\n\nExample:\n  surety ca cross-sign --ca root1.pem --key root1.key --certificate root2.pem --out root2-by-root1.pem")
        {
            ca, key, passphrase, other, target, years,
        };
        command.SetAction(result =>
        {
            RefuseToOverwrite(result.GetValue(target)!.FullName);
            using CertificateAuthority authority = Load(result.GetValue(ca)!, result.GetValue(key)!, result.GetValue(passphrase));
            using X509Certificate2 certificate = authority.CrossSign(
                PemFiles.ReadCertificates(result.GetValue(other)!.FullName)[0], ValidityPeriod.FromEpoch(time, TimeSpan.FromDays(DaysOfYear * result.GetValue(years))));
            PemFiles.WriteCertificates(result.GetValue(target)!.FullName, [certificate]);
            output.WriteLine($"{certificate.Subject} by {certificate.Issuer}: {result.GetValue(target)!.FullName}  SHA-256 {Thumbprint(certificate)}");
        });
        return command;
    }
}
