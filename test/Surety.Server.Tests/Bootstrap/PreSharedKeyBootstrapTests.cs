using Surety.Coap;

namespace Surety.Server.Tests.Bootstrap;

/// <summary>A device whose maker gave it a pre-shared key comes to the bootstrap server with it.</summary>
public sealed class PreSharedKeyBootstrapTests(BootstrapServerFixture fixture) : IClassFixture<BootstrapServerFixture>
{
    private static readonly byte[] Key = Convert.FromHexString("00112233445566778899aabbccddeeff");

    [Fact]
    public async Task A_device_with_a_key_bootstraps_into_the_account_that_uploaded_it()
    {
        var owner = await fixture.Server.NewAccountAsync();
        await UploadAsync(owner, "psk-meter-000000000001");
        await using var device = await BootstrapClient.ConnectWithKeyAsync(fixture.Server, "psk-meter-000000000001", Key);
        await device.BootstrapAsync("ep=psk-meter-000000000001&pct=110");
        Assert.Contains("PUT /0/1 110", device.Lines);
        Assert.Equal(["psk-meter-000000000001"], (await owner.GetOkAsync("/v3/devices")).All("endpoint_name"));
    }

    [Fact]
    public async Task A_key_is_for_its_own_device()
    {
        var owner = await fixture.Server.NewAccountAsync();
        await UploadAsync(owner, "psk-meter-000000000002");
        await using var device = await BootstrapClient.ConnectWithKeyAsync(fixture.Server, "psk-meter-000000000002", Key);
        Assert.Equal(CoapCode.BadRequest, (await device.SendAsync("/bs?ep=psk-meter-000000000003")).Code);
        Assert.Empty((await owner.GetOkAsync("/v3/devices")).All("id"));
    }

    private static async Task UploadAsync(HttpClient account, string name)
    {
        using var response = await account.SendAsync(
            HttpMethod.Post, "/v2/device-shared-keys", $"{{\"endpoint_name\":\"{name}\",\"secret_hex\":\"0x{Convert.ToHexStringLower(Key)}\"}}");
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
    }
}
