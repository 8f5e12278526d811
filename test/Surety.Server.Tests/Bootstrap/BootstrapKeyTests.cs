using System.Net;
using System.Security.Authentication;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Device;
using Surety.Dtls;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Connect;
using Surety.Server.Storage;

namespace Surety.Server.Tests.Bootstrap;

/// <summary>Security modes 0 and 1: devices are given keys, register with them, and lose them again; the same on both databases.</summary>
public abstract class BootstrapKeyTests(BootstrapKeyFixture fixture)
{
    private readonly TestServer _server = fixture.Server;

    public sealed class OnSqlite(BootstrapKeyFixture fixture) : BootstrapKeyTests(fixture), IClassFixture<BootstrapKeyFixture>;

    public sealed class OnPostgres(PostgresBootstrapKeyFixture fixture) : BootstrapKeyTests(fixture), IClassFixture<PostgresBootstrapKeyFixture>;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, typeof(PeerIdentity.PreSharedKey))]
    [InlineData(1, typeof(PeerIdentity.RawPublicKey))]
    public async Task The_device_of_the_SDK_bootstraps_with_its_certificate_and_registers_with_the_key_it_was_given(int mode, Type proof)
    {
        var (account, client) = await NewAccountAsync(mode);
        var name = $"sdk-{mode}-{account}";
        var bootstrap = _server.Service<BootstrapGateway>().Endpoints.Single(endpoint => endpoint.Scheme == "coaps").LocalEndPoint.Port;
        await using var device = DeviceHost.CreateBuilder()
            .UseFactoryIdentity(DeviceIdentity.From(BootstrapClient.Issue(_server, name, account)))
            .UseBootstrapServer($"coaps://localhost:{bootstrap}")
            .Trust([_server.Service<PlatformAuthority>().Root])
            .Build();
        device.Start();
        await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(60), Token);

        var registration = _server.Service<DeviceGateway>().Server.Registrations.ToArray().Single(registration => registration.Endpoint == name);
        Assert.IsType(proof, registration.Peer.Identity);
        var record = (await client.GetOkAsync("/v3/devices"))["data"]!.AsArray().Single()!;
        Assert.Equal(registration.Device.ToString(), record.Text("id"));
        var key = Assert.Single(await UntilAsync(account, keys => keys is [{ FinishedAt: not null }]));
        Assert.NotEqual(name, key.Identity);
    }

    [Fact]
    public async Task A_shared_key_is_random_has_an_identity_of_its_own_and_is_encrypted_in_the_database()
    {
        var (account, _) = await NewAccountAsync(0);
        var first = await BootstrapAsync("psk-a", account);
        var second = await BootstrapAsync("psk-b", account);
        // RFC 4279, 5.3: keys of up to 64 bytes; 16 are as strong as AES-128.
        Assert.Equal((16, 16), (first.Secret.Length, second.Secret.Length));
        Assert.NotEqual(first.Secret, second.Secret);
        Assert.NotEqual(first.Identity, second.Identity);
        Assert.True(first.ServerKey is null);
        foreach (var key in await UntilAsync(account, keys => keys.Count == 2))
            Assert.True(key.ProtectedSecret!.AsSpan().IndexOf(first.Secret) < 0 && key.ProtectedSecret!.AsSpan().IndexOf(second.Secret) < 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_later_bootstrap_brings_another_key_and_the_one_before_opens_nothing_any_more(int mode)
    {
        var (account, _) = await NewAccountAsync(mode);
        var name = $"again-{mode}";
        var first = await BootstrapAsync(name, account);
        await using (var device = await ConnectAsync(first, mode))
            Assert.Equal(CoapCode.Created, await RegisterAsync(device, name));

        var second = await BootstrapAsync(name, account);
        await UntilAsync(account, keys => keys is [{ FinishedAt: not null }]);
        await Assert.ThrowsAnyAsync<AuthenticationException>(() => ConnectAsync(first, mode));
        await using (var device = await ConnectAsync(second, mode))
            Assert.Equal(CoapCode.Created, await RegisterAsync(device, name));
    }

    [Theory]
    [InlineData(0, 0x80)]
    [InlineData(1, 0x83)]
    public async Task A_key_is_for_its_own_device(int mode, int answer)
    {
        var (account, _) = await NewAccountAsync(mode);
        var key = await BootstrapAsync($"mine-{mode}", account);
        await using var device = await ConnectAsync(key, mode);
        Assert.Equal(answer, (await RegisterAsync(device, $"yours-{mode}")).Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_bootstrap_that_fails_leaves_no_key(int mode)
    {
        var (account, _) = await NewAccountAsync(mode);
        var key = await BootstrapAsync($"fails-{mode}", account, CoapCode.NotAcceptable);
        await UntilAsync(account, keys => keys.Count == 0);
        await Assert.ThrowsAnyAsync<AuthenticationException>(() => ConnectAsync(key, mode));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task With_the_device_its_key_goes(int mode)
    {
        var (account, client) = await NewAccountAsync(mode);
        var key = await BootstrapAsync($"goes-{mode}", account);
        await UntilAsync(account, keys => keys is [{ FinishedAt: not null }]);
        using (var deleted = await client.DeleteAsync($"/v3/devices/{(await client.GetOkAsync("/v3/devices")).All("id").Single()}", Token))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await UntilAsync(account, keys => keys.Count == 0);
        await Assert.ThrowsAnyAsync<AuthenticationException>(() => ConnectAsync(key, mode));
    }

    [Fact]
    public async Task A_pack_has_no_key_and_says_what_to_do()
    {
        var (account, _) = await NewAccountAsync(0);
        await using var device = await BootstrapClient.ConnectAsync(_server, new DtlsCertificate(BootstrapClient.Issue(_server, "packed", account)));
        var answer = await device.SendAsync("/bspack?ep=packed&acc=</0/0>", CoapCode.Get, ContentFormat.SenmlJson);
        Assert.Equal(CoapCode.MethodNotAllowed, answer.Code);
        Assert.Contains("Bootstrap-Request", answer.Text, StringComparison.Ordinal);
        await UntilAsync(account, keys => keys.Count == 0);
    }

    [Fact]
    public async Task Keys_outlive_a_restart_and_those_of_bootstraps_that_it_cut_off_do_not()
    {
        var (account, _) = await NewAccountAsync(0);
        var key = await BootstrapAsync("stays", account);
        await UntilAsync(account, keys => keys is [{ FinishedAt: not null }]);
        await using (var db = _server.Service<SuretyDbFactory>().Open(Http.ReadId(account)))
        {
            db.Add(new BootstrapKey
            {
                Id = _server.Service<EntityIdGenerator>().Next(),
                AccountId = Http.ReadId(account),
                DeviceId = (await db.Set<BootstrapKey>().SingleAsync(Token)).DeviceId,
                EndpointName = "stays",
                Identity = "cut off",
                CreatedAt = TimeProvider.System.GetInstant() - TimeSpan.FromMinutes(5),
            });
            await db.SaveChangesAsync(Token);
        }

        await _server.RestartAsync();
        Assert.DoesNotContain(await UntilAsync(account, _ => true), row => row.Identity == "cut off");
        await using var device = await ConnectAsync(key, 0);
        Assert.Equal(CoapCode.Created, await RegisterAsync(device, "stays"));
    }

    private static Task<CoapCode> RegisterAsync(GivenKeyConnection device, string name) => device.RegisterAsync(name);

    /// <summary>An account whose devices get keys.</summary>
    private async Task<(string Account, HttpClient Client)> NewAccountAsync(int mode)
    {
        var client = await _server.NewAccountAsync();
        await client.PostAsync("/v3/bootstrap-rules", $$$"""{"name":"keys","priority":1,"server":{"security_mode":{{{mode}}}}}""");
        return ((await client.GetOkAsync("/v3/accounts/me")).Text("id"), client);
    }

    private Task<GivenKey> BootstrapAsync(string name, string account, CoapCode? finish = null) => GivenKey.BootstrapAsync(_server, name, account, finish);

    private Task<GivenKeyConnection> ConnectAsync(GivenKey given, int mode) => given.ConnectAsync(_server, mode);

    private async Task<IReadOnlyList<BootstrapKey>> UntilAsync(string account, Func<IReadOnlyList<BootstrapKey>, bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var db = _server.Service<SuretyDbFactory>().Open(Http.ReadId(account));
            var keys = await db.Set<BootstrapKey>().AsNoTracking().ToListAsync(patience.Token);
            if (condition(keys))
                return keys;
            await Task.Delay(20, patience.Token);
        }
    }
}
