using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Surety.Coap;
using Surety.Pki;
using Surety.Testing.Coap;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>
/// Pelion's device client (mbed-cloud-client 4.13.2) against the server, over TLS and over DTLS: its recordings in lockstep, and by a script what a
/// recording does not hold.
/// </summary>
public sealed class PelionClientTests(PelionServer server) : IClassFixture<PelionServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_recorded_bootstrap_enrolment_and_registration_run_in_lockstep(bool isReliable)
    {
        JsonElement device = await PlayAsync("bootstrap-est-register", isReliable);
        Assert.Equal("default", device.GetProperty("endpoint_type").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_recorded_firmware_update_runs_in_lockstep(bool isReliable)
    {
        JsonElement device = await PlayAsync("firmware-update", isReliable);
        // What the second registration says of object 14 comes into the directory behind it.
        await server.DeviceAsync(
            device.GetProperty("endpoint_name").GetString()!, now => now.GetProperty("component_attributes").TryGetProperty("MAIN", out JsonElement version) && version.GetString() == "1.2.3");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_device_with_a_developer_certificate_does_all_that_was_recorded(bool isReliable)
    {
        PelionCredentials credentials = await server.DeveloperAsync();
        var device = new PelionDevice(credentials, isReliable);
        await using (PelionConversation connection = await device.StartAsync())
        {
            JsonElement record = await server.DeviceAsync(credentials.EndpointName, "registered");
            Assert.Equal((device.Id, "default", 1), (record.GetProperty("id").GetString(), record.GetProperty("endpoint_type").GetString(), record.GetProperty("device_execution_mode").GetInt32()));
            await ReadAsWithTheRecordingAsync(connection, device.Id!);
            await device.UpdateAsync(connection, "?et=default&lt=3600");
            await connection.PingAsync();
        }

        // After a reconnect it updates, and does not register.
        await using PelionConversation again = await device.ConnectAsync();
        await device.UpdateAsync(again);
        await device.DeregisterAsync(again);
        await server.DeviceAsync(credentials.EndpointName, "deregistered");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_device_of_a_factory_is_claimed_enrols_and_renews(bool isReliable)
    {
        using CertificateAuthority factory = await server.TrustFactoryAsync();
        PelionCredentials credentials = await server.ClaimedAsync(factory, "meter-" + RandomNumberGenerator.GetHexString(8, lowercase: true));
        var device = new PelionDevice(credentials, isReliable);
        await using PelionConversation connection = await device.StartAsync();
        Assert.Equal(device.Id, (await server.DeviceAsync(credentials.EndpointName, "registered")).GetProperty("id").GetString());

        JsonElement renewal = await server.PostAsync($"/v3/devices/{device.Id}/certificates/LWM2M/renew", new { });
        await device.RenewAsync(connection);
        await using PelionConversation renewed = await device.ConnectAsync();
        await device.UpdateAsync(renewed);
        string path = "/v3/certificate-enrollments/" + renewal.GetProperty("id").GetString();
        while ((renewal = await server.GetAsync(path)).GetProperty("enroll_status").GetString() != "completed")
            await Task.Delay(50, Token);
        Assert.Equal("success", renewal.GetProperty("enroll_result").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_reported_without_being_asked_for_reaches_applications(bool isReliable)
    {
        PelionCredentials credentials = await server.DeveloperAsync();
        var device = new PelionDevice(credentials, isReliable);
        await using PelionConversation connection = await device.StartAsync();
        string endpoint = "/v2/endpoints/" + device.Id;

        // v="..." answers reads, and the device is not asked.
        Assert.Equal("dev_model_num", Encoding.ASCII.GetString((await CachedAsync(endpoint + "/3/0/1"))!));
        Assert.Equal(new byte[16], await CachedAsync(endpoint + "/10255/0/4"));
        Assert.Equal("1", Encoding.ASCII.GetString((await CachedAsync(endpoint + "/10252/0/2"))!));
        Assert.Null(await CachedAsync(endpoint + "/3200/0/5501"));

        // aobs="554": nobody has subscribed. Max-Age is 0: the next reader asks the device.
        await connection.NotifyAsync(554, 2, "18");
        Assert.Null(await CachedAsync(endpoint + "/10252/0/3"));

        using (HttpResponseMessage subscribed = await server.Client.PutAsync($"/v2/subscriptions/{device.Id}/10252/0/2", null, Token))
            Assert.Equal(HttpStatusCode.Accepted, subscribed.StatusCode);
        // A GET with Observe would have the client report under another token.
        WireMessage read = await connection.TakeAsync(CoapCode.Get, "/10252/0/2");
        Assert.False(read.Options.Contains(CoapOptionNumber.Observe));
        await connection.AnswerAsync(read, CoapCode.Content, options => options.Add(CoapOptionNumber.ContentFormat, 0u).Add(CoapOptionNumber.MaxAge, 0u), "1");
        await server.PullAsync("async-responses", response => response.GetProperty("status").GetInt32() == 200);
        uint sequence = 2;
        foreach (string state in new[] { "3", "4", "6", "7", "8" })
        {
            await connection.NotifyAsync(553, sequence++, state);
            await server.PullAsync("notifications", n => n.GetProperty("path").GetString() == "/10252/0/2" && Text(n) == state);
        }

        // The end of the subscription is no message to the device: it goes on, and is acknowledged.
        using (HttpResponseMessage ended = await server.Client.DeleteAsync($"/v2/subscriptions/{device.Id}/10252/0/2", Token))
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        await connection.NotifyAsync(553, sequence, "1");
        await connection.PingAsync();
    }

    [Fact]
    public async Task A_device_that_was_reset_gets_another_id_and_its_old_record_goes()
    {
        PelionCredentials credentials = await server.DeveloperAsync();
        var device = new PelionDevice(credentials, isReliable: true);
        await (await device.StartAsync()).DisposeAsync();
        JsonElement before = await server.DeviceAsync(credentials.EndpointName, "registered");
        // With its id it is the same device.
        await (await device.StartAsync()).DisposeAsync();
        Assert.Equal(before.GetProperty("id").GetString(), device.Id);

        device.Reset();
        await (await device.StartAsync()).DisposeAsync();
        JsonElement after = await server.DeviceAsync(credentials.EndpointName, "registered");
        Assert.NotEqual(before.GetProperty("id").GetString(), after.GetProperty("id").GetString());
        Assert.Equal(device.Id, after.GetProperty("id").GetString());
        Assert.True(after.GetProperty("bootstrapped_timestamp").GetDateTimeOffset() > before.GetProperty("bootstrapped_timestamp").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_location_is_good_for_its_device_alone()
    {
        PelionCredentials credentials = await server.DeveloperAsync(), others = await server.DeveloperAsync();
        var device = new PelionDevice(credentials, isReliable: true);
        var stranger = new PelionDevice(others, isReliable: true);
        await using PelionConversation connection = await device.StartAsync(), foreign = await stranger.StartAsync();
        string path = $"/rd/{credentials.AccountId}/{device.Id}";
        Assert.Equal(CoapCode.NotFound, (await foreign.CallAsync(CoapCode.Delete, path)).Code);
        Assert.Equal(CoapCode.NotFound, (await foreign.CallAsync(CoapCode.Post, path)).Code);
        Assert.Equal(CoapCode.NotFound, (await connection.CallAsync(CoapCode.Post, $"/rd/{device.Id}/{device.Id}")).Code);
        Assert.Equal(CoapCode.NotFound, (await connection.CallAsync(CoapCode.Post, path + "/more")).Code);
        await device.UpdateAsync(connection);
    }

    /// <summary>Plays a recording with a claimed device of a factory.</summary>
    /// <returns>The device in the directory, registered.</returns>
    private async Task<JsonElement> PlayAsync(string recording, bool isReliable)
    {
        using CertificateAuthority factory = await server.TrustFactoryAsync();
        PelionCredentials credentials = await server.ClaimedAsync(factory, "dev-ep-" + RandomNumberGenerator.GetString("0123456789", 4));
        await using var lockstep = new PelionLockstep(server, credentials, isReliable);
        await lockstep.PlayAsync(RecordedMessage.Read(recording));
        JsonElement device = await server.DeviceAsync(credentials.EndpointName, "registered");
        Assert.Equal(lockstep.DeviceId, device.GetProperty("id").GetString());
        return device;
    }

    /// <summary>The reads, writes and executes of the recording, by device requests.</summary>
    private async Task ReadAsWithTheRecordingAsync(PelionConversation connection, string id)
    {
        await server.RequestAsync(id, "read", new { method = "GET", uri = "/3/0/0" });
        WireMessage read = await connection.TakeAsync(CoapCode.Get, "/3/0/0");
        await connection.AnswerAsync(read, CoapCode.Content, options => options.Add(CoapOptionNumber.ContentFormat, 0u).Add(CoapOptionNumber.MaxAge, 0u), "dev_manufacturer");
        Assert.Equal("dev_manufacturer", Text(await server.PullAsync("async-responses", response => response.GetProperty("id").GetString() == "read")));

        await server.RequestAsync(id, "write", new Dictionary<string, string>
        {
            ["method"] = "PUT", ["uri"] = "/3201/0/5853", ["content-type"] = "text/plain", ["payload-b64"] = Convert.ToBase64String("500:500:500"u8),
        });
        WireMessage write = await connection.TakeAsync(CoapCode.Put, "/3201/0/5853");
        Assert.Equal("500:500:500", write.Text);
        Assert.Equal(0u, write.Options.GetUInt(CoapOptionNumber.ContentFormat));
        await connection.AnswerAsync(write, CoapCode.Changed);
        await server.PullAsync("async-responses", response => response.GetProperty("id").GetString() == "write" && response.GetProperty("status").GetInt32() == 200);

        // An execute takes time: the client acknowledges in its way, and responds by itself.
        await server.RequestAsync(id, "execute", new { method = "POST", uri = "/3201/0/5850" });
        WireMessage execute = await connection.TakeAsync(CoapCode.Post, "/3201/0/5850");
        await connection.PostponeAsync(execute);
        await connection.RespondAsync(execute);
        await server.PullAsync("async-responses", response => response.GetProperty("id").GetString() == "execute" && response.GetProperty("status").GetInt32() == 200);
    }

    /// <summary>What is known without asking the device; null: nothing.</summary>
    private async Task<byte[]?> CachedAsync(string path)
    {
        using HttpResponseMessage response = await server.Client.GetAsync(path + "?cacheOnly=true", Token);
        if (response.StatusCode == HttpStatusCode.ResetContent)
            return null;
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode}");
        return await response.Content.ReadAsByteArrayAsync(Token);
    }

    private static string Text(JsonElement item) => Encoding.UTF8.GetString(item.GetProperty("payload").GetBytesFromBase64());
}
