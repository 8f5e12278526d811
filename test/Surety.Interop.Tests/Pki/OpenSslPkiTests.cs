using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Pki;

namespace Surety.Interop.Tests.Pki;

/// <summary>OpenSSL reads what we sign: chains with constraints, revocation lists, OCSP.</summary>
public sealed class OpenSslPkiTests : IDisposable
{
    private static readonly ValidityPeriod Year = ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(365));

    private readonly string _folder = Directory.CreateTempSubdirectory("surety-pki").FullName;
    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("Root"), Year), KeyCurve.P384);
    private readonly CertificateAuthority _issuing;
    private readonly X509Certificate2 _good, _bad;

    public OpenSslPkiTests()
    {
        _issuing = _root.IssueAuthority(CertificateProfile.DeviceFactory(new("Factory"), Year, NameConstraints.Within("Acme")) with { RevocationListUris = ["http://pki.example.org/root.crl"] });
        CertificateProfile device = CertificateProfile.Device(new("good", "Acme"), Year) with
        {
            RevocationListUris = ["http://pki.example.org/factory.crl"], OcspUris = ["http://pki.example.org/ocsp"], IssuerUris = ["http://pki.example.org/factory.cer"], Uris = ["urn:dev:os:32473-1"],
        };
        _good = _issuing.IssueWithNewKey(device);
        _bad = _issuing.IssueWithNewKey(device with { Subject = new("bad", "Acme") });
        PemFiles.WriteCertificates(Path.Combine(_folder, "root.pem"), [_root.Certificate]);
        PemFiles.WriteCertificates(Path.Combine(_folder, "issuing.pem"), [_issuing.Certificate]);
        PemFiles.WriteCertificates(Path.Combine(_folder, "good.pem"), [_good]);
        PemFiles.WriteCertificates(Path.Combine(_folder, "bad.pem"), [_bad]);
        PemFiles.WriteCertificates(Path.Combine(_folder, "both.pem"), [_root.Certificate, _issuing.Certificate]);
    }

    public void Dispose()
    {
        _root.Dispose();
        _issuing.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_chain_with_all_extensions_verifies()
    {
        Assert.Contains("OK", await OpenSsl("verify", "-x509_strict", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "good.pem"), StringComparison.Ordinal);
        string text = await OpenSsl("x509", "-in", "good.pem", "-noout", "-text");
        foreach (string part in new[] { "CA Issuers - URI:http://pki.example.org/factory.cer", "OCSP - URI:http://pki.example.org/ocsp", "URI:http://pki.example.org/factory.crl", "URI:urn:dev:os:32473-1" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        using X509Certificate2 outside = _issuing.IssueWithNewKey(CertificateProfile.Device(new("outside", "Other"), Year));
        PemFiles.WriteCertificates(Path.Combine(_folder, "outside.pem"), [outside]);
        Assert.Contains("permitted subtree violation", await OpenSsl(2, "verify", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "outside.pem"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Full_and_delta_revocation_lists_are_believed()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var full = new RevocationList
        {
            Number = 7, ThisUpdate = now.AddMinutes(-1), NextUpdate = now.AddDays(1), FreshestUris = ["http://pki.example.org/delta.crl"],
            Entries = [new(_bad.SerialNumberBytes, now.AddMinutes(-2), RevocationReason.KeyCompromise, now.AddDays(-3))],
        };
        await WriteList("full", _issuing.IssueRevocationList(full));
        await WriteList("rootlist", _root.IssueRevocationList(new() { Number = 1, ThisUpdate = now.AddMinutes(-1), NextUpdate = now.AddDays(1) }));
        string text = await OpenSsl("crl", "-in", "full.pem", "-noout", "-text", "-CAfile", "both.pem");
        foreach (string part in new[] { "verify OK", "Key Compromise", "Invalidity Date", "X509v3 CRL Number", "Freshest CRL", "Authority Key Identifier" })
            Assert.Contains(part, text, StringComparison.OrdinalIgnoreCase);
        await File.WriteAllTextAsync(Path.Combine(_folder, "crls.pem"), await File.ReadAllTextAsync(Path.Combine(_folder, "full.pem")) + await File.ReadAllTextAsync(Path.Combine(_folder, "rootlist.pem")));
        string[] verify = ["verify", "-crl_check_all", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "-CRLfile", "crls.pem"];
        Assert.Contains("OK", await OpenSsl([.. verify, "good.pem"]), StringComparison.Ordinal);
        Assert.Contains("certificate revoked", await OpenSsl(2, [.. verify, "bad.pem"]), StringComparison.Ordinal);

        // The delta revokes the good one, and lifts the other's revocation.
        await WriteList("delta", _issuing.IssueRevocationList(new()
        {
            Number = 8, BaseNumber = 7, ThisUpdate = now.AddSeconds(-30), NextUpdate = now.AddHours(1), Entries = [new(_good.SerialNumberBytes, now.AddSeconds(-40), RevocationReason.Superseded)],
        }));
        Assert.Contains("X509v3 Delta CRL Indicator: critical", await OpenSsl("crl", "-in", "delta.pem", "-noout", "-text"), StringComparison.Ordinal);
        string[] deltas = ["verify", "-crl_check", "-extended_crl", "-use_deltas", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "-CRLfile", "crls.pem", "-CRLfile", "delta.pem"];
        Assert.Contains("certificate revoked", await OpenSsl(2, [.. deltas, "good.pem"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_OCSP_answer_is_believed(bool delegated)
    {
        using SigningKey responderKey = SigningKey.Generate();
        using X509Certificate2 responderCertificate = _issuing.Issue(responderKey.PublicKey, CertificateProfile.OcspResponder(new("Responder", "Acme"), Year));
        var responder = new OcspResponder(_issuing.Certificate, delegated ? responderCertificate : _issuing.Certificate, delegated ? responderKey : _issuing.Key, Status, TimeProvider.System);
        foreach (string hash in new[] { "-sha1", "-sha256" })
        {
            await OpenSsl("ocsp", hash, "-issuer", "issuing.pem", "-cert", "good.pem", "-cert", "bad.pem", "-serial", "0x4711", "-reqout", "request.der");
            await File.WriteAllBytesAsync(Path.Combine(_folder, "response.der"), responder.Respond(await File.ReadAllBytesAsync(Path.Combine(_folder, "request.der"))));
            // -no_nonce: it adds no other one to the request, whose nonce it compares with the answer's.
            string output = await OpenSsl(
                "ocsp", hash, "-no_nonce", "-issuer", "issuing.pem", "-cert", "good.pem", "-cert", "bad.pem", "-serial", "0x4711", "-reqin", "request.der", "-respin", "response.der", "-CAfile", "root.pem",
                "-verify_other", "issuing.pem");
            foreach (string part in new[] { "Response verify OK", "good.pem: good", "bad.pem: revoked", "Reason: keyCompromise", "0x4711: unknown" })
                Assert.Contains(part, output, StringComparison.Ordinal);
            Assert.DoesNotContain("nonce", output, StringComparison.OrdinalIgnoreCase); // it would be a complaint
        }

        // Short responses without a nonce are signed once.
        await OpenSsl("ocsp", "-no_nonce", "-issuer", "issuing.pem", "-cert", "good.pem", "-reqout", "request.der");
        byte[] request = await File.ReadAllBytesAsync(Path.Combine(_folder, "request.der"));
        byte[] first = responder.Respond(request);
        Assert.Same(first, responder.Respond(request));
        responder.Forget(_good.SerialNumberBytes.Span);
        Assert.NotSame(first, responder.Respond(request));

        // Hostile bytes, nonces out of bounds (RFC 9654) and other authorities.
        for (int i = 0; i < request.Length; i++)
        {
            Assert.Equal([0x30, 0x03, 0x0A, 0x01, 0x01], responder.Respond(request.AsMemory(0, i)));
            byte[] changed = (byte[])request.Clone();
            changed[i] ^= 0x55;
            responder.Respond(changed);
        }

        await OpenSsl("ocsp", "-issuer", "root.pem", "-cert", "issuing.pem", "-reqout", "request.der");
        Assert.Equal([0x30, 0x03, 0x0A, 0x01, 0x06], responder.Respond(await File.ReadAllBytesAsync(Path.Combine(_folder, "request.der"))));
        Assert.Throws<ArgumentException>(() => new OcspResponder(_issuing.Certificate, _good, SigningKey.From(_good.GetECDsaPrivateKey()!), Status, TimeProvider.System));

        CertificateStatus Status(ReadOnlyMemory<byte> serial) => serial.Span.SequenceEqual(_good.SerialNumberBytes.Span) ? new CertificateStatus.Good()
            : serial.Span.SequenceEqual(_bad.SerialNumberBytes.Span) ? new CertificateStatus.Revoked(TimeProvider.System.GetUtcNow().AddMinutes(-5), RevocationReason.KeyCompromise)
            : new CertificateStatus.Unknown();
    }

    [Fact]
    public async Task OpenSSL_reads_our_encrypted_key()
    {
        _issuing.Save(Path.Combine(_folder, "a.pem"), Path.Combine(_folder, "a.key"), "correct horse");
        Assert.Contains("Key is valid", await OpenSsl("pkey", "-in", "a.key", "-passin", "pass:correct horse", "-check", "-noout"), StringComparison.Ordinal);
        Assert.Contains("aes-256-cbc", await OpenSsl("asn1parse", "-in", "a.key"), StringComparison.OrdinalIgnoreCase);
    }

    private async Task WriteList(string name, byte[] der) => await File.WriteAllTextAsync(Path.Combine(_folder, name + ".pem"), new string(PemEncoding.Write("X509 CRL", der)) + "\n");

    private Task<string> OpenSsl(params string[] arguments) => OpenSsl(0, arguments);

    private async Task<string> OpenSsl(int expected, params string[] arguments)
    {
        // Files are in the folder.
        await using ForeignProcess process = ForeignProcess.Start("openssl", "openssl", [.. arguments.Select(a => a.EndsWith(".pem", StringComparison.Ordinal) || a.EndsWith(".der", StringComparison.Ordinal) || a.EndsWith(".key", StringComparison.Ordinal) ? Path.Combine(_folder, a) : a)]);
        process.Input.Close();
        int code = await process.WaitForExitAsync();
        Assert.True(code == expected, $"{process.CommandLine} ended with {code}:\n{process.Output}");
        return process.Output;
    }
}
