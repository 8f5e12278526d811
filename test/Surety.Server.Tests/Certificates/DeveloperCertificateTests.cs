using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Certificates;
using Surety.Server.Hosting;
using Surety.Server.Storage;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Certificates;

/// <summary>/v3/developer-certificates and /v3/server-credentials, the same on both databases.</summary>
public abstract class DeveloperCertificateTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : DeveloperCertificateTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : DeveloperCertificateTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Fact]
    public async Task A_developer_certificate_has_its_key_and_is_trusted_for_bootstrap()
    {
        var admin = await server.NewAccountAsync();
        var made = await admin.PostAsync("/v3/developer-certificates", "{\"name\":\"dev\",\"description\":\"bench\"}");
        Assert.Equal(
            ["account_id", "created_at", "description", "developer_certificate", "developer_private_key", "etag", "id", "name", "object", "security_file_content"],
            made.AsObject().Select(member => member.Key).Order());
        using var certificate = X509Certificate2.CreateFromPem(made.Text("developer_certificate"), made.Text("developer_private_key"));
        Assert.Equal($"CN={made.Text("id")}, OU={made.Text("account_id")}", certificate.Subject);
        Assert.DoesNotContain(certificate.Extensions.OfType<X509BasicConstraintsExtension>(), extension => extension.CertificateAuthority);
        Assert.Equal(made.ToJsonString(), (await admin.GetOkAsync($"/v3/developer-certificates/{made.Text("id")}")).ToJsonString());

        var trusted = await admin.GetOkAsync($"/v3/trusted-certificates/{made.Text("id")}");
        Assert.Equal(1, (int)trusted["device_execution_mode"]!);
        Assert.Equal("bootstrap", trusted.Text("service"));
        using var change = await admin.SendAsync(HttpMethod.Put, $"/v3/trusted-certificates/{made.Text("id")}", "{\"service\":\"lwm2m\"}");
        Assert.Equal(["service"], (await change.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        (await admin.DeleteAsync($"/v3/trusted-certificates/{made.Text("id")}", TestContext.Current.CancellationToken)).Dispose();
        await admin.GetErrorAsync($"/v3/developer-certificates/{made.Text("id")}", HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task The_database_does_not_show_the_key()
    {
        var admin = await server.NewAccountAsync();
        var made = await admin.PostAsync("/v3/developer-certificates", "{\"name\":\"dev\"}");
        var id = made.Id("id");
        await using var db = server.Service<SuretyDbFactory>().OpenForPlatform();
        var row = await db.AllAccounts<DeveloperCertificate>().SingleAsync(row => row.Id == id, TestContext.Current.CancellationToken);
        using var key = ECDsa.Create();
        key.ImportFromPem(made.Text("developer_private_key"));
        Assert.Equal(-1, row.ProtectedKey.AsSpan().IndexOf(key.ExportParameters(includePrivateParameters: true).D));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.DataDirectory, SecretProtector.KeyFile)));
    }

    [Fact]
    public async Task The_C_file_compiles_and_holds_what_the_PEM_holds()
    {
        var admin = await server.NewAccountAsync();
        var made = await admin.PostAsync("/v3/developer-certificates", "{\"name\":\"dev\"}");
        var root = (await admin.GetOkAsync("/v3/server-credentials"))["bootstrap"]!;
        var folder = Directory.CreateTempSubdirectory("surety-c-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "mbed_cloud_dev_credentials.c"), made.Text("security_file_content"), TestContext.Current.CancellationToken);
        // A program that prints what the device client reads, by the names it reads it by.
        await File.WriteAllTextAsync(
            Path.Combine(folder, "main.c"),
            """
            #include <stdint.h>
            #include <stdio.h>
            #define TEXT(name) extern const char MBED_CLOUD_DEV_##name[];
            #define BYTES(name) extern const uint8_t MBED_CLOUD_DEV_##name[]; extern const uint32_t MBED_CLOUD_DEV_##name##_SIZE;
            #define SHOW(name) for (uint32_t i = 0; i < MBED_CLOUD_DEV_##name##_SIZE; i++) printf("%02x", MBED_CLOUD_DEV_##name[i]); printf("\n");
            TEXT(BOOTSTRAP_ENDPOINT_NAME) TEXT(ACCOUNT_ID) TEXT(BOOTSTRAP_SERVER_URI) TEXT(MANUFACTURER) TEXT(MODEL_NUMBER) TEXT(SERIAL_NUMBER) TEXT(DEVICE_TYPE)
            TEXT(HARDWARE_VERSION) extern const uint32_t MBED_CLOUD_DEV_MEMORY_TOTAL_KB;
            BYTES(BOOTSTRAP_DEVICE_CERTIFICATE) BYTES(BOOTSTRAP_SERVER_ROOT_CA_CERTIFICATE) BYTES(BOOTSTRAP_DEVICE_PRIVATE_KEY)
            int main(void)
            {
                printf("%s\n%s\n%s\n", MBED_CLOUD_DEV_BOOTSTRAP_ENDPOINT_NAME, MBED_CLOUD_DEV_ACCOUNT_ID, MBED_CLOUD_DEV_BOOTSTRAP_SERVER_URI);
                SHOW(BOOTSTRAP_DEVICE_CERTIFICATE) SHOW(BOOTSTRAP_SERVER_ROOT_CA_CERTIFICATE) SHOW(BOOTSTRAP_DEVICE_PRIVATE_KEY)
                return MBED_CLOUD_DEV_MEMORY_TOTAL_KB + MBED_CLOUD_DEV_MANUFACTURER[0] + MBED_CLOUD_DEV_MODEL_NUMBER[0] + MBED_CLOUD_DEV_SERIAL_NUMBER[0]
                    + MBED_CLOUD_DEV_DEVICE_TYPE[0] + MBED_CLOUD_DEV_HARDWARE_VERSION[0] == 0;
            }
            """,
            TestContext.Current.CancellationToken);
        await RunAsync(folder, "gcc", "-std=c99", "-Wall", "-Werror", "-o", "show", "main.c", "mbed_cloud_dev_credentials.c");
        var lines = (await RunAsync(folder, Path.Combine(folder, "show"))).Split('\n');
        Directory.Delete(folder, recursive: true);

        Assert.Equal(made.Text("id"), lines[0]);
        Assert.Equal(made.Text("account_id"), lines[1]);
        Assert.Equal($"{root.Text("url")}?aid={made.Text("account_id")}", lines[2]);
        Assert.Equal(Der(made.Text("developer_certificate")), lines[3]);
        Assert.Equal(Der(root.Text("certificate")), lines[4]);
        Assert.Equal(Der(made.Text("developer_private_key")), lines[5]);
    }

    [Fact]
    public async Task Server_credentials_name_the_servers_and_the_root_above_them()
    {
        var admin = await server.NewAccountAsync();
        var all = await admin.GetOkAsync("/v3/server-credentials");
        foreach (var (name, port) in new[] { ("bootstrap", 5784), ("lwm2m", 5684) })
        {
            var one = await admin.GetOkAsync($"/v3/server-credentials/{name}");
            Assert.Equal("server-credentials", one.Text("object"));
            Assert.Matches("^[0-9a-f]{32}$", one.Text("id"));
            Assert.Equal($"coaps://{Environment.MachineName}:{port}", one.Text("server_uri"));
            Assert.Equal(one.Text("server_uri"), all[name]!.Text("url"));
            Assert.Equal(one.Text("server_certificate"), all[name]!.Text("certificate"));
            using var certificate = X509Certificate2.CreateFromPem(one.Text("server_certificate"));
            Assert.Equal(certificate.Subject, certificate.Issuer);
        }
    }

    private static string Der(string pem)
    {
        var fields = PemEncoding.Find(pem);
        return Convert.ToHexStringLower(Convert.FromBase64String(pem[fields.Base64Data]));
    }

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
