using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Surety.Pki;

namespace Surety.Cli;

/// <summary><c>surety ca crl</c></summary>
internal static class RevocationListCommand
{
    public static Command Create(TextWriter output, TimeProvider time)
    {
        (Option<FileInfo> ca, Option<string> key, Option<FileInfo?> passphrase) = CaCommands.SignerOptions();
        Option<FileInfo> revoked = new("--revoked") { Description = "What is revoked, a line each: serial (hex),time (ISO 8601),reason (RFC 5280, 5.3.1)[,invalidity date]. Lines with # do not count.", Required = true };
        Option<FileInfo> target = new("--out") { Description = "The list, PEM; it is replaced.", Required = true };
        Option<long> number = new("--number") { Description = "Number of the list: higher than that of the last one.", Required = true };
        Option<long?> baseNumber = new("--base") { Description = "Makes a delta to the full list with this number." };
        Option<int> days = new("--days") { Description = "Days until the next list.", DefaultValueFactory = _ => 30 };
        var command = new Command("crl", "Signs a revocation list, full or delta.\n\nExample:\n  echo \"4fa1...,2026-03-01T00:00:00Z,KeyCompromise\" >revoked.csv\n  surety ca crl --ca root.pem --key root.key --revoked revoked.csv --number 1 --out root.crl")
        {
            ca, key, passphrase, revoked, target, number, baseNumber, days,
        };
        command.SetAction(result =>
        {
            List<RevokedCertificate> entries = Read(result.GetValue(revoked)!.FullName);
            using CertificateAuthority authority = CaCommands.Load(result.GetValue(ca)!, result.GetValue(key)!, result.GetValue(passphrase));
            DateTimeOffset now = time.GetUtcNow();
            byte[] list = authority.IssueRevocationList(new()
            {
                Number = result.GetValue(number), BaseNumber = result.GetValue(baseNumber), ThisUpdate = now, NextUpdate = now.AddDays(result.GetValue(days)), Entries = entries,
            });
            string path = result.GetValue(target)!.FullName;
            PemFiles.WriteText(path, PemEncoding.WriteString("X509 CRL", list) + "\n");
            output.WriteLine($"{path}: {entries.Count} revoked, the next list is due on {now.AddDays(result.GetValue(days)):yyyy-MM-dd}");
        });
        return command;
    }

    private static List<RevokedCertificate> Read(string path)
    {
        List<RevokedCertificate> entries = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
                continue;
            string[] fields = [.. line.Split(',').Select(field => field.Trim())];
            byte[] serial = new byte[LoggedCertificate.MaxSerial];
            DateTimeOffset invalidity = default;
            if (fields.Length is < 3 or > 4 || Convert.FromHexString(fields[0], serial, out _, out int length) != System.Buffers.OperationStatus.Done || length == 0
                || !DateTimeOffset.TryParse(fields[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
                || !Enum.TryParse(fields[2], ignoreCase: true, out RevocationReason reason) || !Enum.IsDefined(reason)
                || (fields.Length == 4 && !DateTimeOffset.TryParse(fields[3], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out invalidity)))
            {
                throw new FormatException($"{path}, line {number}: serial (hex), time (ISO 8601) and reason ({string.Join(", ", Enum.GetNames<RevocationReason>())}) are wanted, with commas between.");
            }

            entries.Add(new(serial.AsMemory(0, length), at, reason, fields.Length == 4 ? invalidity : null));
        }

        return entries;
    }
}
