namespace Surety.Server.Tests.Connect;

/// <summary>Lifetimes of registrations. On a clock that nobody puts forward: after a jump devices get time to speak.</summary>
public sealed class ExpiryTests
{
    [Fact]
    public async Task A_device_that_is_silent_too_long_is_deregistered_and_applications_are_told()
    {
        await using var server = await TestServer.StartAsync(DeviceServerFixture.Arguments);
        var app = new Application(server.Admin);
        await app.RestAsync("registrations");
        await using var device = await new ScriptedDevice(DeviceServerFixture.PortOf(server, "coap")).RegisterAsync(lifetime: 2);
        var id = await app.FindAsync(device.Name);
        Assert.Equal(id, (string?)await app.NextAsync("registrations-expired"));
        await EndpointTests.StateAsync(app, id, "deregistered");
    }
}
