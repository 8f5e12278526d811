using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Features.Certificates;
using Surety.Testing;

namespace Surety.Server.Tests.Est;

/// <summary>RFC 9148, and what Pelion's device client makes of it.</summary>
public sealed class EstHandlerTests
{
    private static readonly string PelionSubject = $"CN=device-1, OU={EstBench.Account}, L={EstBench.Device}";

    [Fact]
    public async Task Discovery_lists_what_there_is()
    {
        await using var bench = new EstBench();
        var links = (await EstBench.GetAsync(await bench.ConnectAsync(), "/.well-known/core?rt=ace.est*")).Text;
        // RFC 9148, 4.1, in the order of the paths.
        Assert.Equal(
            "</est/att>;rt=\"ace.est.att\";ct=285,</est/crts>;rt=\"ace.est.crts\";ct=\"281 287\",</est/sen>;rt=\"ace.est.sen\";ct=\"281 287\",</est/sren>;rt=\"ace.est.sren\";ct=\"281 287\"",
            links);
        await using var generous = new EstBench(new EstOptions { ServerKeyGeneration = true });
        links = (await EstBench.GetAsync(await generous.ConnectAsync(), "/.well-known/core?rt=ace.est.sk*")).Text;
        Assert.Equal("</est/skc>;rt=\"ace.est.skc\";ct=62,</est/skg>;rt=\"ace.est.skg\";ct=62", links);
    }

    [Theory]
    [InlineData("/est/crts")]
    [InlineData("/est/label/crts")]
    [InlineData("/.well-known/est/crts")]
    [InlineData("/.well-known/est/label/crts")]
    public async Task The_authorities_come_in_PKCS_7(string path)
    {
        await using var bench = new EstBench();
        var response = await EstBench.GetAsync(await bench.ConnectAsync(), path);
        Assert.Equal((CoapCode.Content, ContentFormat.Pkcs7CertsOnly), (response.Code, response.ContentFormat));
        Assert.True(CertsOnlyMessage.TryRead(response.Payload, out var certificates, out _));
        Assert.Equal(["CN=Test Intermediate, O=Surety", "CN=Test Root, O=Surety"], certificates.Select(certificate => certificate.Subject));
    }

    [Fact]
    public async Task The_attributes_ask_for_a_key_on_P_256()
    {
        await using var bench = new EstBench();
        var response = await EstBench.GetAsync(await bench.ConnectAsync(), "/est/att");
        Assert.Equal((CoapCode.Content, ContentFormat.CsrAttributes), (response.Code, response.ContentFormat));
        Assert.True(CsrAttributes.TryRead(response.Payload, out var attributes, out _));
        Assert.Equal(["1.2.840.10045.2.1", "1.2.840.10045.4.3.2"], attributes.Select(attribute => attribute.Oid));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(281)]
    public async Task A_device_that_says_what_it_sends_gets_PKCS_7_with_its_certificate_alone(int? accept)
    {
        await using var bench = new EstBench();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var response = await EstBench.PostAsync(
            await bench.ConnectAsync(), "/est/sen", EstBench.Request("CN=device-1", key), ContentFormat.Pkcs10, accept is { } value ? new ContentFormat((ushort)value) : null);
        Assert.Equal((CoapCode.Changed, ContentFormat.Pkcs7CertsOnly), (response.Code, response.ContentFormat));
        Assert.True(CertsOnlyMessage.TryRead(response.Payload, out var certificates, out _));
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), Assert.Single(certificates).PublicKey.ExportSubjectPublicKeyInfo());
        var order = Assert.Single(bench.Issuance.Orders);
        Assert.Equal((EstBench.Account, EstBench.Device, "device-1", CertificateOrder.Lwm2m), (order.AccountId, order.DeviceId, order.EndpointName, order.CertificateName));
    }

    [Fact]
    public async Task A_device_may_want_the_certificate_by_itself()
    {
        await using var bench = new EstBench();
        var response = await EstBench.PostAsync(await bench.ConnectAsync(), "/est/sen", EstBench.Request("CN=device-1"), ContentFormat.Pkcs10, ContentFormat.PkixCertificate);
        Assert.Equal((CoapCode.Changed, ContentFormat.PkixCertificate), (response.Code, response.ContentFormat));
        using var certificate = X509CertificateLoader.LoadCertificate(response.Payload.Span);
        Assert.StartsWith("CN=device-1", certificate.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/est/sen", 0, "LWM2M")]
    [InlineData("/est/sen", null, "LWM2M")]
    [InlineData("/est/LWM2M/sen", 0, "LWM2M")]
    [InlineData("/est/my-certificate/sen", 0, "my-certificate")]
    public async Task Pelions_client_gets_its_chain_without_a_format(string path, int? format, string name)
    {
        await using var bench = new EstBench();
        var response = await EstBench.PostAsync(
            await bench.ConnectAsync(), path, EstBench.Request(PelionSubject), format is { } value ? new ContentFormat((ushort)value) : null);
        Assert.Equal((CoapCode.Changed, null), (response.Code, response.ContentFormat));
        Assert.True(PelionCertificateChain.TryRead(response.Payload.Span, out var chain, out _));
        // The device's own, and the authority that is not a root.
        Assert.Equal([$"CN=device-1, OU={EstBench.Account}, L={EstBench.Device}", "CN=Test Intermediate, O=Surety"], chain.Select(certificate => certificate.Subject));
        Assert.Equal(name, Assert.Single(bench.Issuance.Orders).CertificateName);
    }

    [Theory]
    [InlineData("CN=device-2", "the common name of the request must be the endpoint name, device-1")]
    [InlineData("CN=device-1, L=0162f1a2b3c4000000000001001001ab", "L of the request must be the device id")]
    [InlineData("CN=device-1, OU=0123456789abcdef0123456789abcdee", "OU of the request must be the account id")]
    public async Task Another_devices_name_is_refused(string subject, string reason)
    {
        await using var bench = new EstBench();
        var response = await EstBench.PostAsync(await bench.ConnectAsync(), "/est/sen", EstBench.Request(subject), ContentFormat.Pkcs10);
        Assert.Equal(CoapCode.Forbidden, response.Code);
        Assert.Contains(reason, response.Text, StringComparison.Ordinal);
        Assert.Empty(bench.Issuance.Orders);
    }

    [Fact]
    public async Task Requests_that_prove_nothing_or_have_a_weak_key_are_refused_with_words()
    {
        await using var bench = new EstBench();
        var peer = await bench.ConnectAsync();
        var altered = EstBench.Request("CN=device-1");
        altered[^3] ^= 0x55;
        await RefuseAsync(altered, "signature");
        using (var rsa = RSA.Create(1024))
            await RefuseAsync(new CertificateRequest("CN=device-1", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest(), "P-256");
        using (var odd = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1))
            await RefuseAsync(new CertificateRequest("CN=device-1", odd, HashAlgorithmName.SHA256).CreateSigningRequest(), "");
        await RefuseAsync([], "a PKCS #10 request is wanted");
        await RefuseAsync([1, 2, 3], "no PKCS #10 request");
        await RefuseAsync(EstBench.Request("O=nobody"), "no common name");
        var tooLong = await EstBench.PostAsync(peer, "/est/sen", new byte[CertificationRequest.MaxLength + 1], ContentFormat.Pkcs10);
        Assert.Equal(CoapCode.RequestEntityTooLarge, tooLong.Code);
        Assert.Empty(bench.Issuance.Orders);

        async Task RefuseAsync(byte[] body, string reason)
        {
            var response = await EstBench.PostAsync(peer, "/est/sen", body, ContentFormat.Pkcs10);
            Assert.Equal(CoapCode.BadRequest, response.Code);
            Assert.Contains(reason, response.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_renewal_has_the_subject_of_the_present_certificate()
    {
        await using var bench = new EstBench();
        var peer = await bench.ConnectAsync();
        // As TestPki writes it, though in other string types than the request may have.
        var good = await EstBench.PostAsync(peer, "/est/sren", EstBench.Request("CN=device-1, OU=Devices, O=Surety"), ContentFormat.Pkcs10);
        Assert.Equal(CoapCode.Changed, good.Code);
        var bad = await EstBench.PostAsync(peer, "/est/sren", EstBench.Request("CN=device-1, OU=Others, O=Surety"), ContentFormat.Pkcs10);
        Assert.Equal(CoapCode.Forbidden, bad.Code);
        Assert.Contains("CN=device-1, OU=Devices, O=Surety", bad.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_methods_formats_and_paths_get_the_codes_of_CoAP()
    {
        await using var bench = new EstBench();
        var peer = await bench.ConnectAsync();
        var request = EstBench.Request("CN=device-1");
        Assert.Equal(CoapCode.MethodNotAllowed, (await EstBench.GetAsync(peer, "/est/sen")).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, (await EstBench.PostAsync(peer, "/est/crts", request)).Code);
        Assert.Equal(CoapCode.UnsupportedContentFormat, (await EstBench.PostAsync(peer, "/est/sen", request, ContentFormat.Json)).Code);
        Assert.Equal(CoapCode.NotAcceptable, (await EstBench.PostAsync(peer, "/est/sen", request, ContentFormat.Pkcs10, ContentFormat.Json)).Code);
        Assert.Equal(CoapCode.NotAcceptable, (await EstBench.GetAsync(peer, "/est/crts", ContentFormat.PkixCertificate)).Code);
        foreach (var path in (string[])["/est", "/est/simpleenroll", "/est/a/b/sen", "/.well-known/est", "/est/" + new string('x', 65) + "/sen", "/nothing"])
            Assert.Equal(CoapCode.NotFound, (await EstBench.PostAsync(peer, path, request)).Code);
        Assert.Empty(bench.Issuance.Orders);
    }

    [Fact]
    public async Task Keys_are_made_by_the_server_only_where_that_is_allowed()
    {
        await using var strict = new EstBench();
        var refused = await EstBench.PostAsync(await strict.ConnectAsync(), "/est/skg", EstBench.Request("CN=device-1"), ContentFormat.Pkcs10);
        Assert.Equal(CoapCode.NotFound, refused.Code);

        await using var bench = new EstBench(new EstOptions { ServerKeyGeneration = true });
        var peer = await bench.ConnectAsync();
        Check(await EstBench.PostAsync(peer, "/est/skg", EstBench.Request("CN=device-1"), ContentFormat.Pkcs10, ContentFormat.MultipartCore), 281);
        Check(await EstBench.PostAsync(peer, "/est/skc", EstBench.Request("CN=device-1"), ContentFormat.Pkcs10, ContentFormat.MultipartCore), 287);

        static void Check(CoapResponse response, int format)
        {
            Assert.Equal((CoapCode.Changed, ContentFormat.MultipartCore), (response.Code, response.ContentFormat));
            Assert.True(MultipartCore.TryRead(response.Payload, out var parts, out _));
            Assert.Equal([284, format], parts.Select(part => (int)part.ContentFormat));
            using var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(parts[0].Content!.Value.Span, out _);
            IReadOnlyList<X509Certificate2>? certificates = null;
            if (format == 281)
                Assert.True(CertsOnlyMessage.TryRead(parts[1].Content!.Value, out certificates, out _));
            var certificate = certificates?[0] ?? X509CertificateLoader.LoadCertificate(parts[1].Content!.Value.Span);
            Assert.Equal(key.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        }
    }

    [Fact]
    public async Task A_slow_issuer_has_the_device_come_back_and_then_get_its_certificate()
    {
        var issuer = new TaskCompletionSource();
        await using var bench = new EstBench(new EstOptions { Patience = TimeSpan.FromMilliseconds(50), RetryAfter = TimeSpan.FromSeconds(45) });
        bench.Issuance.Gate = issuer.Task;
        var peer = await bench.ConnectAsync();
        var request = EstBench.Request("CN=device-1");
        for (var i = 0; i < 2; i++)
        {
            var pending = await EstBench.PostAsync(peer, "/est/sen", request, ContentFormat.Pkcs10);
            Assert.Equal((CoapCode.ServiceUnavailable, TimeSpan.FromSeconds(45)), (pending.Code, pending.MaxAge));
        }

        issuer.SetResult();
        CoapResponse? response = null;
        for (var i = 0; i < 1000 && response?.Code != CoapCode.Changed; i++)
            response = await EstBench.PostAsync(peer, "/est/sen", request, ContentFormat.Pkcs10);
        var again = await EstBench.PostAsync(peer, "/est/sen", request, ContentFormat.Pkcs10);
        Assert.Equal(response!.Payload.ToArray(), again.Payload.ToArray());
        // It was one request all the time.
        Assert.Single(bench.Issuance.Orders);
    }

    [Fact]
    public async Task What_the_issuer_says_is_told_and_the_next_try_is_a_new_one()
    {
        await using var bench = new EstBench();
        var peer = await bench.ConnectAsync();
        var request = EstBench.Request("CN=device-1");
        bench.Issuance.Failure = new CoapException(CoapCode.Forbidden, "the quota of the account is used up");
        var refused = await EstBench.PostAsync(peer, "/est/sen", request, ContentFormat.Pkcs10);
        Assert.Equal((CoapCode.Forbidden, "the quota of the account is used up"), (refused.Code, refused.Text));
        bench.Issuance.Failure = new IOException("the token is gone");
        Assert.Equal(CoapCode.InternalServerError, (await EstBench.PostAsync(peer, "/est/sen", request, ContentFormat.Pkcs10)).Code);
        bench.Issuance.Failure = null;
        Assert.Equal(CoapCode.Changed, (await EstBench.PostAsync(peer, "/est/sen", request, ContentFormat.Pkcs10)).Code);
    }

    [Fact]
    public async Task A_device_that_asks_again_and_again_is_slowed_down()
    {
        await using var bench = new EstBench(new EstOptions { EnrollmentsPerHour = 2 }, new ManualTime());
        var peer = await bench.ConnectAsync();
        for (var i = 0; i < 2; i++)
            Assert.Equal(CoapCode.Changed, (await EstBench.PostAsync(peer, "/est/sen", EstBench.Request("CN=device-1"), ContentFormat.Pkcs10)).Code);
        var refused = await EstBench.PostAsync(peer, "/est/sen", EstBench.Request("CN=device-1"), ContentFormat.Pkcs10);
        Assert.Equal((CoapCode.TooManyRequests, TimeSpan.FromMinutes(30)), (refused.Code, refused.MaxAge));
    }

    [Fact]
    public async Task A_device_that_was_admitted_on_this_connection_need_not_be_known_otherwise()
    {
        await using var bench = new EstBench { KnowsDevice = false };
        var peer = await bench.ConnectAsync("factory-7");
        var request = EstBench.Request("CN=endpoint-7");
        Assert.Equal(CoapCode.Forbidden, (await EstBench.PostAsync(peer, "/est/sen", request)).Code);
        bench.AdmitNext = identity => new EstClient(EstBench.Account, EstBench.Device, "endpoint-7", identity);
        Assert.Equal(CoapCode.Changed, (await EstBench.PostAsync(peer, "/est/sen", request)).Code);
    }
}
