using System.Text.Json;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>Pelion's own JavaScript SDK does with Surety what it did with Pelion: directory, Connect, accounts, certificates, enrollments, pre-shared keys.</summary>
public sealed class PelionSdkTests
{
    [Fact]
    public async Task Pelions_JavaScript_SDK_works_unchanged()
    {
        await using SuretyProcess server = await SuretyProcess.StartAsync(["--demo"]);
        await TourTests.WhenFiveAreRegisteredAsync(server);
        IReadOnlyDictionary<string, (JsonElement Value, string? Error)> calls = await PelionSdk.CallAsync(server.Url, server.Key);

        // What there is not, the device says, in the word that the SDK knows.
        Assert.Equal("NOT_FOUND", calls["executeResource of none"].Error);
        Assert.All(calls.Where(call => call.Key != "executeResource of none"), call => Assert.True(call.Value.Error is null, $"{call.Key}: {call.Value.Error}"));

        Assert.Equal(5, Member(calls["listDevices"].Value, "totalCount").GetInt32());
        Assert.Equal("renamed", Member(calls["updateDevice"].Value, "name").GetString());
        Assert.Equal("demo-light", Member(Assert.Single(Items(calls["listDevices by attribute"].Value)), "alias").GetString());
        Assert.Equal(5, Items(calls["listConnectedDevices"].Value).Count());
        Assert.Contains("/3311/0", calls["listResources"].Value.EnumerateArray().Select(resource => Member(resource, "path").GetString()));
        Assert.Equal("Surety", Member(calls["getResourceValue"].Value, "value").GetString());
        Assert.Equal("1", Member(calls["getResourceValue after setResourceValue"].Value, "value").GetString());
        Assert.True(calls["getResourceSubscription"].Value.GetBoolean());
        Assert.Equal("/3311/0/5851", calls["listDeviceSubscriptions"].Value.GetString());
        Assert.Contains("40", calls["notifications"].Value.EnumerateArray().Select(change => change.ToString()));
        Assert.Equal("/3/0/0", Member(Assert.Single(calls["listPresubscriptions"].Value.EnumerateArray()), "resourcePaths")[0].GetString());
        Assert.StartsWith("ak_", Member(calls["addApiKey"].Value, "key").GetString(), StringComparison.Ordinal);
        Assert.Equal("Ada", Member(Assert.Single(Items(calls["listUsers"].Value)), "fullName").GetString());
        Assert.Equal("an-endpoint-of-16-or-more", Member(calls["getPsk"].Value, "endpointName").GetString());
        Assert.Equal(5, calls["Device.list"].Value.GetInt32());
        Assert.StartsWith("coaps://", Member(calls["ServerCredentials.getLwm2m"].Value, "serverUri").GetString(), StringComparison.Ordinal);
    }

    private static JsonElement Member(JsonElement value, string name) => value.GetProperty(name);

    private static IEnumerable<JsonElement> Items(JsonElement list) => Member(list, "data").EnumerateArray();
}
