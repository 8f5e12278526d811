using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Surety.Server.Features.Certificates;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Certificates;

/// <summary>/v3/trusted-certificates, the same on both databases.</summary>
public abstract class TrustedCertificateTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : TrustedCertificateTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : TrustedCertificateTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string Path = "/v3/trusted-certificates";

    [Fact]
    public async Task A_root_is_trusted_and_has_the_members_of_the_contract()
    {
        var admin = await server.NewAccountAsync();
        using var root = Authorities.Root(Authorities.Unique("Root"));
        var made = await admin.PostAsync(Path, Body(Authorities.Pem(root)));

        Assert.Equal(
            ["account_id", "certificate", "certificate_fingerprint", "created_at", "description", "enrollment_mode", "etag", "id", "issuer", "name", "object", "owner_id", "service", "status", "subject", "updated_at", "valid", "validity"],
            made.AsObject().Select(member => member.Key).Order());
        Assert.Equal("trusted-cert", made.Text("object"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(root.RawData)), made.Text("certificate_fingerprint"));
        Assert.Equal(root.Subject, made.Text("subject"));
        Assert.Equal(root.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), made.Text("validity"));
        Assert.Equal("ACTIVE", made.Text("status"));
        Assert.Equal("bootstrap", made.Text("service"));
        Assert.Equal("1", made.Text("etag"));
        Assert.True((bool)made["valid"]!);
        Assert.Equal(made.ToJsonString(), (await admin.GetOkAsync($"{Path}/{made.Text("id")}")).ToJsonString());
        var account = made.Text("account_id");
        Assert.Equal(made.ToJsonString(), (await admin.GetOkAsync($"/v3/accounts/{account}/trusted-certificates/{made.Text("id")}")).ToJsonString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_chain_the_last_authority_is_trusted_whichever_end_comes_first(bool leafFirst)
    {
        var admin = await server.NewAccountAsync();
        using var root = Authorities.Root(Authorities.Unique("Root"));
        using var factory = Authorities.Under(root, Authorities.Unique("Factory"));
        var pem = leafFirst ? Authorities.Pem(factory, root) : Authorities.Pem(root, factory);
        var made = await admin.PostAsync(Path, Body(pem));
        Assert.Equal(factory.Subject, made.Text("subject"));
        Assert.Equal(root.Subject, made.Text("issuer"));
        Assert.Equal(pem, made.Text("certificate"));
    }

    [Fact]
    public async Task An_authority_without_its_root_needs_a_signature_of_the_account_id()
    {
        var admin = await server.NewAccountAsync();
        var account = (await admin.GetOkAsync("/v3/accounts/me")).Text("id");
        using var root = Authorities.Root(Authorities.Unique("Root"));
        using var factory = Authorities.Under(root, Authorities.Unique("Factory"));
        using var key = factory.GetECDsaPrivateKey()!;
        await RefuseAsync(admin, Body(Authorities.Pem(factory)), "signature", "is required");
        await RefuseAsync(admin, Body(Authorities.Pem(factory), signature: "!"), "signature", "base64");
        await RefuseAsync(admin, Body(Authorities.Pem(factory), signature: Sign(key, "another")), "signature", account);
        await admin.PostAsync(Path, Body(Authorities.Pem(factory), signature: Sign(key, account)));

        using var rsa = RSA.Create(2048);
        using var rsaRoot = Authorities.Root(Authorities.Unique("RSA"), rsa);
        var signature = Convert.ToBase64String(rsa.SignData(Encoding.ASCII.GetBytes(account), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        await admin.PostAsync(Path, Body(Authorities.Pem(rsaRoot), name: "rsa", signature: signature));
    }

    [Fact]
    public async Task A_first_to_claim_authority_needs_no_proof()
    {
        var admin = await server.NewAccountAsync();
        using var root = Authorities.Root(Authorities.Unique("Root"));
        using var factory = Authorities.Under(root, Authorities.Unique("Factory"));
        var made = await admin.PostAsync(Path, Body(Authorities.Pem(factory), enrollment: true));
        Assert.True((bool)made["enrollment_mode"]!);
    }

    [Fact]
    public async Task What_is_wrong_with_a_certificate_is_said()
    {
        var admin = await server.NewAccountAsync();
        using var root = Authorities.Root(Authorities.Unique("Root"));
        using var other = Authorities.Root(Authorities.Unique("Other"));
        using var device = Authorities.Root(Authorities.Unique("Device"), isAuthority: false);
        using var expired = Authorities.Root(Authorities.Unique("Expired"), until: TimeProvider.System.GetUtcNow().AddDays(-1));
        using var weakKey = RSA.Create(1024);
        using var weak = Authorities.Root(Authorities.Unique("Weak"), weakKey);
        using var oddKey = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        using var odd = Authorities.Root(Authorities.Unique("Odd"), oddKey);
        await RefuseAsync(admin, Body("hello"), "certificate", "no certificate");
        await RefuseAsync(admin, Body("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"), "certificate", "cannot be read");
        await RefuseAsync(admin, Body(weakKey.ExportPkcs8PrivateKeyPem()), "certificate", "private key");
        await RefuseAsync(admin, Body(Authorities.Pem(root, other)), "certificate", "is not signed by");
        await RefuseAsync(admin, Body(Authorities.Pem(device)), "certificate", "not the certificate of an authority");
        await RefuseAsync(admin, Body(Authorities.Pem(expired)), "certificate", "expired on");
        await RefuseAsync(admin, Body(Authorities.Pem(weak)), "certificate", "1024 bits");
        await RefuseAsync(admin, Body(Authorities.Pem(odd)), "certificate", "P-256");
        using var missing = await admin.SendAsync(HttpMethod.Post, Path, "{}");
        Assert.Equal(["certificate", "name", "service"], (await missing.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields().Order());
    }

    [Fact]
    public async Task Name_and_subject_are_an_accounts_own_once()
    {
        var admin = await server.NewAccountAsync();
        var stranger = await server.NewAccountAsync();
        using var root = Authorities.Root(Authorities.Unique("Root"));
        using var other = Authorities.Root(Authorities.Unique("Other"));
        await admin.PostAsync(Path, Body(Authorities.Pem(root)));
        foreach (var body in new[] { Body(Authorities.Pem(other)), Body(Authorities.Pem(root), name: "another") })
        {
            using var response = await admin.SendAsync(HttpMethod.Post, Path, body);
            await response.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
        }

        await stranger.PostAsync(Path, Body(Authorities.Pem(root)));
    }

    [Fact]
    public async Task Only_administrators_change_them_and_every_key_reads_them()
    {
        var admin = await server.NewAccountAsync();
        using var root = Authorities.Root(Authorities.Unique("Root"));
        var made = await admin.PostAsync(Path, Body(Authorities.Pem(root)));
        var key = server.Client((await admin.PostAsync("/v3/api-keys", "{\"name\":\"reader\"}")).Text("key"));
        await key.GetOkAsync(Path);
        foreach (var (method, path) in new[] { (HttpMethod.Post, Path), (HttpMethod.Put, $"{Path}/{made.Text("id")}"), (HttpMethod.Delete, $"{Path}/{made.Text("id")}") })
        {
            using var response = await key.SendAsync(method, path, Body(Authorities.Pem(root)));
            await response.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        }
    }

    [Fact]
    public async Task A_change_keeps_what_is_not_sent_and_is_told_to_listeners()
    {
        var admin = await server.NewAccountAsync();
        var changes = new List<EntityId>();
        server.Service<TrustedCertificates>().Changed += changes.Add;
        using var root = Authorities.Root(Authorities.Unique("Root"));
        var made = await admin.PostAsync(Path, Body(Authorities.Pem(root)));
        var id = made.Text("id");
        var changed = await admin.PutAsync($"{Path}/{id}", "{\"status\":\"INACTIVE\",\"description\":\"stolen\"}");
        Assert.Equal("INACTIVE", changed.Text("status"));
        Assert.Equal("stolen", changed.Text("description"));
        Assert.Equal("2", changed.Text("etag"));
        Assert.Equal(made.Text("certificate"), changed.Text("certificate"));

        // SDKs send all that they have read; nothing changes.
        Assert.Equal(changed.ToJsonString(), (await admin.PutAsync($"{Path}/{id}", changed.ToJsonString())).ToJsonString());
        using var deleted = await admin.DeleteAsync($"{Path}/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await admin.GetErrorAsync($"{Path}/{id}", HttpStatusCode.NotFound, "not_found");
        var account = made.Id("account_id");
        Assert.Equal(3, changes.Count(change => change == account));
    }

    [Fact]
    public async Task Lists_are_filtered_as_the_contract_says()
    {
        var admin = await server.NewAccountAsync();
        using var soon = Authorities.Root("CN=Soon Over, O=Acme", until: TimeProvider.System.GetUtcNow().AddDays(10));
        using var late = Authorities.Root("CN=Late, O=Beta");
        await admin.PostAsync(Path, Body(Authorities.Pem(soon), name: "soon"));
        await admin.PostAsync(Path, Body(Authorities.Pem(late), name: "late", service: "lwm2m"));
        var developer = await admin.PostAsync("/v3/developer-certificates", "{\"name\":\"dev\"}");
        (string Query, string[] Names)[] cases =
        [
            ("", ["soon", "late", "dev"]),
            ("?name__eq=late", ["late"]),
            ("?service__eq=lwm2m", ["late"]),
            ("?expire__eq=30", ["soon"]),
            ("?expire__eq=1", []),
            ("?valid__eq=true", ["soon", "late", "dev"]),
            ("?valid__eq=false", []),
            ("?status__eq=INACTIVE", []),
            ("?enrollment_mode__eq=true", []),
            ("?device_execution_mode__eq=1", ["dev"]),
            ("?device_execution_mode__neq=1", ["soon", "late"]),
            ("?subject__like=cn=soon", ["soon"]),
            ("?issuer__like=beta", ["late"]),
            ($"?certificate_fingerprint__eq={Convert.ToHexString(SHA256.HashData(late.RawData))}", ["late"]),
            ($"?owner__eq={new string('0', 32)}", []),
        ];
        foreach (var (query, names) in cases)
            Assert.Equal(names, (await admin.GetOkAsync(Path + query)).All("name"));
        await admin.GetErrorAsync($"{Path}?expire__eq=soon", HttpStatusCode.BadRequest, "validation_error");
        await admin.GetErrorAsync($"{Path}?subject__eq=x", HttpStatusCode.BadRequest, "validation_error");
        Assert.Equal(3, (int)(await admin.GetOkAsync(Path))["total_count"]!);
        Assert.Equal(developer.Text("id"), (await admin.GetOkAsync($"{Path}?device_execution_mode__eq=1")).All("id")[0]);
    }

    [Fact]
    public async Task An_account_has_at_most_ten_developer_certificates()
    {
        var admin = await server.NewAccountAsync();
        for (var i = 0; i < TrustedCertificates.MaxDeveloper; i++)
            await admin.PostAsync("/v3/developer-certificates", $"{{\"name\":\"d{i}\"}}");
        using var response = await admin.SendAsync(HttpMethod.Post, "/v3/developer-certificates", "{\"name\":\"one more\"}");
        await response.ReadErrorAsync(HttpStatusCode.Forbidden, "account_limit_exceeded");
    }

    private static string Sign(ECDsa key, string text) =>
        Convert.ToBase64String(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    private static string Body(string pem, string name = "mine", string service = "bootstrap", string? signature = null, bool? enrollment = null)
    {
        var body = new JsonObject { ["certificate"] = pem, ["name"] = name, ["service"] = service };
        if (signature is not null)
            body["signature"] = signature;
        if (enrollment is not null)
            body["enrollment_mode"] = enrollment;
        return body.ToJsonString();
    }

    private static async Task RefuseAsync(HttpClient client, string body, string field, string words)
    {
        using var response = await client.SendAsync(HttpMethod.Post, Path, body);
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        Assert.Equal([field], error.Fields());
        Assert.Contains(words, error.Text("message"), StringComparison.Ordinal);
    }
}
