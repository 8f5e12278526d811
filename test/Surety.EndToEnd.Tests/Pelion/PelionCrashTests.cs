using System.Text.Json;
using Surety.Pki;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>SIGKILL of the server at each step of bootstrap, EST and registration: the device begins anew, and ends registered, as one device.</summary>
public sealed class PelionCrashTests
{
    private static readonly string[] Steps =
        ["bootstrap request", "delete /0", "delete /1", "write /0", "write /3", "finish", "EST", "connect", "register"];

    [Fact]
    public async Task The_server_is_killed_at_each_step_and_the_device_ends_registered_once()
    {
        await using var server = new PelionServer();
        await server.InitializeAsync();
        using CertificateAuthority factory = await server.TrustFactoryAsync();
        foreach (string victim in Steps)
        {
            // Over TLS a dead server shows at once.
            PelionCredentials credentials = await server.ClaimedAsync(factory, "killed-at-" + victim.Replace(' ', '-').Replace('/', '-'));
            var device = new PelionDevice(credentials, isReliable: true);
            device.BeforeStep = async step =>
            {
                if (step != victim)
                    return;
                device.BeforeStep = static _ => Task.CompletedTask;
                await server.KillAsync();
            };
            await Assert.ThrowsAnyAsync<IOException>(async () => await (await device.StartAsync()).DisposeAsync());
            string? before = device.Id;
            await server.RestartAsync();

            await using PelionConversation connection = await device.StartAsync();
            JsonElement record = await server.DeviceAsync(credentials.EndpointName, "registered");
            Assert.Equal(device.Id, record.GetProperty("id").GetString());
            // What it was told before it still is.
            Assert.Equal(before ?? device.Id, device.Id);
            await device.UpdateAsync(connection);
        }

        Assert.Equal(Steps.Length, (await server.GetAsync("/v3/devices?include=total_count")).GetProperty("total_count").GetInt32());
        Assert.Equal(
            Steps.Length, (await server.GetAsync("/v3/device-enrollments")).GetProperty("data").EnumerateArray().Count(e => e.GetProperty("claimed_at").ValueKind == JsonValueKind.String));
    }
}
