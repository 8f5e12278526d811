using System.CommandLine;
using System.Globalization;
using Surety.Pki;

namespace Surety.Cli;

/// <summary><c>surety factory</c>: certificates for devices on a machine without a network.</summary>
internal static class FactoryCommands
{
    public static Command Create(TextWriter output, TimeProvider time) => new("factory", "An offline factory: batches of device certificates under a signed quota, and a signed manifest of what was made.")
    {
        Init(output), Quota(output, time), Make(output, time), SignRequests(output, time), Report(output, time),
    };

    private static Option<DirectoryInfo> Box() => new("--directory") { Description = "The factory box.", Required = true };

    private static Option<string> Batch() => new("--batch") { Description = "Name of the batch, new each time.", Required = true };

    private static Option<DirectoryInfo> Out() => new("--out") { Description = "Where certificates, keys and the manifest go.", Required = true };

    private static Command Init(TextWriter output)
    {
        Option<DirectoryInfo> directory = Box();
        Option<string> factory = new("--factory") { Description = "Name of the factory; quotas name it.", Required = true };
        Option<FileInfo> certificate = new("--certificate") { Description = "The factory's authority (surety ca issue-intermediate --factory), PEM; those above it may follow.", Required = true };
        Option<string> key = new("--key") { Description = "Its key: a PEM file, which is copied into the box, or a pkcs11: URI.", Required = true };
        Option<FileInfo> quotaAuthority = new("--quota-authority") { Description = "Certificate of the authority whose quotas count, PEM.", Required = true };
        Option<string?> organization = new("--organization") { Description = "O of the devices." };
        Option<string?> unit = new("--unit") { Description = "OU of the devices." };
        var command = new Command("init", "Sets a factory box up.\n\nExample:\n  surety factory init --directory box --factory hall-3 --certificate hall3.pem --key hall3.key --quota-authority root.pem --organization Acme")
        {
            directory, factory, certificate, key, quotaAuthority, organization, unit,
        };
        command.SetAction(result =>
        {
            string folder = result.GetValue(directory)!.FullName, source = result.GetValue(key)!;
            bool isToken = SigningKey.IsInToken(source);
            FactoryBox.Create(
                folder, new(result.GetValue(factory)!, isToken ? source : "ca.key", result.GetValue(organization), result.GetValue(unit)), PemFiles.ReadCertificates(result.GetValue(certificate)!.FullName),
                PemFiles.ReadCertificates(result.GetValue(quotaAuthority)!.FullName)[0]);
            // With its mode.
            if (!isToken)
                File.Copy(source, Path.Combine(folder, "ca.key"));
            output.WriteLine($"{folder}: the box of factory '{result.GetValue(factory)}'. Put a signed quota into it as quota.json (surety factory quota).");
        });
        return command;
    }

    private static Command Quota(TextWriter output, TimeProvider time)
    {
        (Option<FileInfo> ca, Option<string> key, Option<FileInfo?> passphrase) = CaCommands.SignerOptions();
        Option<string> factory = new("--factory") { Description = "The factory.", Required = true };
        Option<string> id = new("--id") { Description = "Name of the quota.", Required = true };
        Option<int> limit = new("--limit") { Description = "Devices that the factory may have made altogether.", Required = true };
        Option<int> days = new("--days") { Description = "Days until it ends.", DefaultValueFactory = _ => 90 };
        Option<FileInfo> target = new("--out") { Description = "The signed quota.", Required = true };
        var command = new Command("quota", "Signs a quota, with the key of the quota authority.\n\nExample:\n  surety factory quota --ca root.pem --key root.key --factory hall-3 --id 2026-1 --limit 10000 --out quota.json")
        {
            ca, key, passphrase, factory, id, limit, days, target,
        };
        command.SetAction(result =>
        {
            ArgumentOutOfRangeException.ThrowIfNegative(result.GetValue(limit), "limit");
            using CertificateAuthority authority = CaCommands.Load(result.GetValue(ca)!, result.GetValue(key)!, result.GetValue(passphrase));
            var quota = new FactoryQuota(result.GetValue(id)!, result.GetValue(factory)!, result.GetValue(limit), time.GetUtcNow().AddDays(result.GetValue(days)));
            File.WriteAllBytes(result.GetValue(target)!.FullName, quota.Sign(authority));
            output.WriteLine($"{result.GetValue(target)!.FullName}: '{quota.Factory}' may have made {quota.Limit} devices until {quota.NotAfter:yyyy-MM-dd}");
        });
        return command;
    }

    private static Command Make(TextWriter output, TimeProvider time)
    {
        Option<DirectoryInfo> directory = Box(), target = Out();
        Option<string> batch = Batch();
        Option<FileInfo?> names = new("--names") { Description = "File with an endpoint name a line." };
        Option<string?> prefix = new("--prefix") { Description = "Endpoint names are this and a number of eight digits." };
        Option<int> first = new("--first") { Description = "The first number.", DefaultValueFactory = _ => 1 };
        Option<int> count = new("--count") { Description = "How many, with --prefix." };
        Option<FileInfo?> passphrase = Passphrases.FileOption();
        var command = new Command("make", "Makes devices with keys: name.pem and name.key for each.\n\nExample:\n  surety factory make --directory box --batch 2026-03-01a --prefix urn:dev:os:32473-M --count 1000 --out batch")
        {
            directory, batch, names, prefix, first, count, target, passphrase,
        };
        command.SetAction(result =>
        {
            if (result.GetValue(names) is null == result.GetValue(prefix) is null)
                throw new ArgumentException("Either --names or --prefix with --count is wanted.");
            string[] all = result.GetValue(names) is { } file
                ? [.. File.ReadLines(file.FullName).Select(line => line.Trim()).Where(line => line.Length > 0)]
                : [.. Enumerable.Range(result.GetValue(first), Math.Max(0, result.GetValue(count))).Select(i => result.GetValue(prefix) + i.ToString("D8", CultureInfo.InvariantCulture))];
            if (all.Length == 0)
                throw new ArgumentException("There is nothing to make: --count is 0, or the file of names is empty.");
            Directory.CreateDirectory(result.GetValue(target)!.FullName);
            using FactoryBox box = Open(result.GetValue(directory)!, result.GetValue(passphrase), time);
            return Tell(output, box.Make(result.GetValue(batch)!, all, result.GetValue(target)!.FullName));
        });
        return command;
    }

    private static Command SignRequests(TextWriter output, TimeProvider time)
    {
        Option<DirectoryInfo> directory = Box(), target = Out();
        Option<string> batch = Batch();
        Option<FileInfo?> passphrase = Passphrases.FileOption();
        Argument<FileInfo[]> files = new("requests") { Description = "PKCS #10 requests, DER or PEM.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("sign-csrs", "Certifies keys that the devices of a line have made.\n\nExample:\n  surety factory sign-csrs --directory box --batch 2026-03-01b --out batch line/*.csr")
        {
            directory, batch, target, passphrase, files,
        };
        command.SetAction(result =>
        {
            Directory.CreateDirectory(result.GetValue(target)!.FullName);
            using FactoryBox box = Open(result.GetValue(directory)!, result.GetValue(passphrase), time);
            return Tell(output, box.SignRequests(result.GetValue(batch)!, [.. result.GetValue(files)!.Select(file => file.FullName)], result.GetValue(target)!.FullName));
        });
        return command;
    }

    private static Command Report(TextWriter output, TimeProvider time)
    {
        Option<DirectoryInfo?> directory = new("--directory") { Description = "A factory box: what it has made, and what its quota leaves." };
        Option<FileInfo?> passphrase = Passphrases.FileOption();
        Option<FileInfo[]> manifests = new("--manifest") { Description = "Manifests to verify: yield, and certificates that are there twice.", AllowMultipleArgumentsPerToken = true };
        Option<FileInfo?> trusted = new("--trusted") { Description = "With --manifest: authorities that are believed, PEM." };
        var command = new Command("report", "Tells of a box, or verifies manifests.\n\nExample:\n  surety factory report --directory box\n  surety factory report --manifest batch/*.manifest.json --trusted root.pem")
        {
            directory, passphrase, manifests, trusted,
        };
        command.SetAction(result =>
        {
            FileInfo[] files = result.GetValue(manifests) ?? [];
            if (result.GetValue(directory) is null && (files.Length == 0 || result.GetValue(trusted) is null))
                throw new ArgumentException("Either --directory, or --manifest with --trusted is wanted.");
            if (result.GetValue(directory) is { } folder)
            {
                using FactoryBox box = Open(folder, result.GetValue(passphrase), time);
                TreeHead head = box.Head;
                output.WriteLine($"factory {box.Settings.Factory}: {head.Size} made, log root {Convert.ToHexStringLower(head.Root.Span)}");
                FactoryQuota quota = box.ReadQuota();
                output.WriteLine($"quota {quota.Id}: {quota.Limit - head.Size} of {quota.Limit} left, until {quota.NotAfter:yyyy-MM-dd}");
            }

            return files.Length == 0 ? 0 : Verify(output, files, new CertificationPathValidator(PemFiles.ReadCertificates(result.GetValue(trusted)!.FullName)), time);
        });
        return command;
    }

    private static int Verify(TextWriter output, FileInfo[] files, CertificationPathValidator trusted, TimeProvider time)
    {
        HashSet<string> known = [];
        bool isClean = true;
        foreach (FileInfo file in files)
        {
            if (!FactoryManifest.TryRead(File.ReadAllBytes(file.FullName), trusted, time.GetUtcNow(), out FactoryManifest? manifest, out string? problem))
                throw new FactoryException($"{file.FullName} is not believed: {problem}.");
            FactoryImportReport report = manifest.Compare(known.Contains);
            known.UnionWith(report.New.Select(device => device.Sha256));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{manifest.Batch}: {report.Requested} requested, {report.Failed} failed, yield {report.Yield:P1}, {report.New.Count} new, {report.Repeated.Count} repeated, {report.Known.Count} known"));
            foreach (FactoryDevice device in report.Repeated.Concat(report.Known))
                output.WriteLine($"  twice: {device.EndpointName} {device.Sha256}");
            isClean &= report.Repeated.Count + report.Known.Count == 0;
        }

        return isClean ? 0 : ExitCode.Failed;
    }

    private static FactoryBox Open(DirectoryInfo directory, FileInfo? passphrase, TimeProvider time) =>
        Passphrases.Open(passphrase, "the factory's key", secret => FactoryBox.Open(directory.FullName, secret, time));

    private static int Tell(TextWriter output, FactoryManifest manifest)
    {
        output.WriteLine($"{manifest.Batch}: {manifest.Devices.Count} of {manifest.Requested} made; {manifest.LogSize} altogether");
        foreach (FactoryFailure failure in manifest.Failures)
            output.WriteLine($"  not made: {failure.Item}: {failure.Reason}");
        return manifest.Failures.Count == 0 ? 0 : ExitCode.Failed;
    }
}
