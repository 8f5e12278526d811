using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Coap;
using Surety.Dtls;
using Surety.Pki;
using Surety.Server;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

// What a handshake's check against the directory costs, by the number of devices: time of a check, memory of a device; and the path check by the
// number of trust anchors. Tables as Markdown.
const int Checks = 1_000_000;
var time = TimeProvider.System;
using var root = CertificateAuthority.CreateRoot(CertificateProfile.Authority(new("Bench Root"), ValidityPeriod.FromNow(time, TimeSpan.FromDays(3650))));
using var certificate = root.IssueWithNewKey(CertificateProfile.Device(new("bench-device"), ValidityPeriod.FromNow(time, TimeSpan.FromDays(365))));
var settings = SuretySettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Surety:DataDirectory", Path.GetTempPath())]).Build());
var ids = new EntityIdGenerator(time);
using var databases = new SuretyDbFactory(settings, NullLoggerFactory.Instance, new AuditTrail(ids, time));
var account = ids.Next();

Console.WriteLine("| devices | bytes a device, certificate | with device key | with pre-shared key alone | certificate, us | raw public key, us | pre-shared key, us |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (var count in (int[])[1_000, 10_000, 100_000, 1_000_000])
{
    var trust = new DeviceTrust(new DeviceEventService(databases, ids, time, NullLogger<DeviceEventService>.Instance), time);
    trust.TrustPlatform(root.Certificate.RawData);
    var fingerprint = new byte[32];
    var before = GC.GetTotalMemory(true);
    for (var i = 0; i < count; i++)
    {
        RandomNumberGenerator.Fill(fingerprint);
        trust.SetIssued(Convert.ToHexString(fingerprint), account, ids.Next(), IssuedCertificateStatus.Active);
    }

    trust.TrimExcess();
    var issued = GC.GetTotalMemory(true);
    for (var i = 0; i < count; i++)
    {
        RandomNumberGenerator.Fill(fingerprint);
        trust.SetDeviceKey(account, ids.Next(), Convert.ToHexString(fingerprint));
    }

    trust.TrimExcess();
    var keys = GC.GetTotalMemory(true);
    var sealedKey = RandomNumberGenerator.GetBytes(65);
    for (var i = 0; i < count; i++)
        trust.Keys.Set(account, string.Create(CultureInfo.InvariantCulture, $"urn:dev:ops:bench-{i:d12}"), sealedKey);
    trust.TrimExcess();
    var preShared = GC.GetTotalMemory(true);

    trust.SetIssued(Convert.ToHexString(SHA256.HashData(certificate.RawData)), account, ids.Next(), IssuedCertificateStatus.Active);
    var publicKey = certificate.PublicKey.ExportSubjectPublicKeyInfo();
    trust.SetDeviceKey(account, ids.Next(), Convert.ToHexString(SHA256.HashData(publicKey)));
    PeerIdentity[] peers =
    [
        new PeerIdentity.Certificate(
            SHA256.HashData(certificate.RawData), certificate.SubjectName.RawData, certificate.SerialNumberBytes, certificate.NotAfter, SHA256.HashData(root.Certificate.RawData)),
        new PeerIdentity.RawPublicKey(publicKey),
        new PeerIdentity.PreSharedKey(Encoding.ASCII.GetBytes("urn:dev:ops:bench-000000000500")),
    ];
    var times = peers.Select(peer => Measure(Checks, () =>
    {
        if (!trust.Judge(peer, TrustedCertificateService.Lwm2m).IsBelieved(out _))
            throw new InvalidOperationException("The device is not believed.");
    })).ToArray();
    Console.WriteLine(FormattableString.Invariant(
        $"| {count:n0} | {(double)(issued - before) / count:f0} | {(double)(keys - before) / count:f0} | {(double)(preShared - keys) / count:f0} | {times[0]:f2} | {times[1]:f2} | {times[2]:f2} |"));
    GC.KeepAlive(trust);
}

Console.WriteLine();
Console.WriteLine("| trust anchors | path check with two signatures, us |");
Console.WriteLine("|---|---|");
using var intermediate = root.IssueAuthority(CertificateProfile.Authority(new("Bench Intermediate"), ValidityPeriod.FromNow(time, TimeSpan.FromDays(365)), pathLength: 0));
using var device = intermediate.IssueWithNewKey(CertificateProfile.Device(new("bench-device-2"), ValidityPeriod.FromNow(time, TimeSpan.FromDays(300))));
byte[][] chain = [device.RawData, intermediate.Certificate.RawData];
var anchors = new TrustAnchorSet([root.Certificate.RawData]);
foreach (var count in (int[])[1, 100, 10_000])
{
    while (anchors.Count < count)
    {
        using var other = CertificateAuthority.CreateRoot(CertificateProfile.Authority(
            new($"Root {anchors.Count.ToString(CultureInfo.InvariantCulture)}"), ValidityPeriod.FromNow(time, TimeSpan.FromDays(3650))));
        anchors.Add(other.Certificate.RawData);
    }

    var verifier = new TrustAnchors(anchors);
    var now = time.GetUtcNow();
    var cost = Measure(2_000, () =>
    {
        if (verifier.VerifyCertificate(chain, false, null, now).Credential is null)
            throw new InvalidOperationException("The path is not valid.");
    });
    Console.WriteLine(FormattableString.Invariant($"| {count:n0} | {cost:f1} |"));
}

// Processor time of this thread's process, which does nothing else.
static double Measure(int count, Action action)
{
    for (var i = 0; i < count / 10; i++)
        action();
    using var process = Process.GetCurrentProcess();
    var before = process.TotalProcessorTime;
    for (var i = 0; i < count; i++)
        action();
    process.Refresh();
    return (process.TotalProcessorTime - before).TotalMicroseconds / count;
}
