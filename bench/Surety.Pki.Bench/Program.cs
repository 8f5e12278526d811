using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Pki;

// issue SECONDS: prints certificates and checked requests a second. log FILE: a million entries: bytes, look-ups, restart.
if (args is ["issue", var seconds])
    Issue(double.Parse(seconds));
else if (args is ["log", var file])
    Log(file);
else
    Console.Error.WriteLine("issue SECONDS | log FILE");

static void Issue(double seconds)
{
    var now = new ValidityPeriod(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddYears(1));
    using var authority = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("Bench"), now));
    using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    var publicKey = new PublicKey(key);
    var request = new CertificateRequest("CN=urn:dev:os:32473-1", key, HashAlgorithmName.SHA256).CreateSigningRequest();
    var number = 0;
    Measure(1, () => authority.IssueEncoded(publicKey, CertificateProfile.Device(new($"urn:dev:os:{number++}", "Acme", "Meters"), now)));
    Console.WriteLine($"issue {Measure(seconds, () => authority.IssueEncoded(publicKey, CertificateProfile.Device(new($"urn:dev:os:{number++}", "Acme", "Meters"), now))):F0}");
    Console.WriteLine($"request {Measure(seconds, () => _ = CertificationRequest.TryParse(request, out _, out _)):F0}");
}

static double Measure(double seconds, Action action)
{
    var count = 0;
    var start = Process.GetCurrentProcess().TotalProcessorTime;
    var elapsed = Stopwatch.StartNew();
    for (; elapsed.Elapsed.TotalSeconds < seconds; count++)
        action();
    return count / (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
}

static void Log(string file)
{
    var fingerprints = new byte[1_000_000][];
    for (var i = 0; i < fingerprints.Length; i++)
        fingerprints[i] = SHA256.HashData(BitConverter.GetBytes(i));
    var before = GC.GetTotalMemory(forceFullCollection: true);
    var log = IssuedCertificateLog.Open(file);
    var next = 0;
    foreach (var size in new[] { 10_000, 100_000, 1_000_000 })
    {
        var clock = Stopwatch.StartNew();
        var from = next;
        for (; next < size; next++)
            log.Append(fingerprints[next], fingerprints[next].AsSpan(0, 16), DateTimeOffset.UnixEpoch);
        log.Flush();
        var append = clock.Elapsed.TotalMicroseconds / (size - from);
        var random = new Random(1);
        clock.Restart();
        for (var i = 0; i < 200_000; i++)
        {
            if (log.Find(fingerprints[random.Next(size)]) < 0)
                throw new InvalidOperationException("An entry is missing.");
        }

        var found = clock.Elapsed.TotalMicroseconds / 200_000;
        Console.WriteLine($"log {size}: append {append:F2} us, look-up {found:F3} us, {(double)(GC.GetTotalMemory(forceFullCollection: true) - before) / size:F0} bytes an entry");
    }

    log.Dispose();
    var restart = Stopwatch.StartNew();
    using var again = IssuedCertificateLog.Open(file);
    Console.WriteLine($"log {again.Count}: read again in {restart.Elapsed.TotalSeconds:F2} s");
    GC.KeepAlive(fingerprints);
}
