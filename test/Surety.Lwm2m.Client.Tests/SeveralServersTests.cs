using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class SeveralServersTests
{
    private readonly World _world = new();
    private readonly ScriptedServer _server;

    public SeveralServersTests() => _server = new ScriptedServer(_world);

    [Fact]
    public void Two_servers_are_independent()
    {
        var other = new ScriptedServer(_world);
        TestDevice device = new(_world, [_server.Endpoint, other.Endpoint]);
        device.Start();

        Assert.Equal("""</1/0>,</1/1>""", _server.Requests[0].Text[_server.Requests[0].Text.IndexOf("</1/", StringComparison.Ordinal)..][..13]);
        _server.Put("/1/0/1", "50");
        _world.RunUntil(() => _server.Updates.Any());
        Assert.Empty(other.Updates);
        other.Script = _ => new CoapResponse(CoapCode.NotFound);
        _world.Run(100);
        Assert.Equal(RegistrationState.Registered, device.Session.State);
    }

    [Fact]
    public void Servers_with_an_order_follow_each_other()
    {
        var second = new ScriptedServer(_world);
        TestDevice device = new(_world, [_server.Endpoint, second.Endpoint]);
        device.Client.Servers[0].Server[13] = 2;
        device.Client.Servers[1].Server[13] = 1;
        device.Client.Servers[0].Server[14] = 30;
        device.Start();

        Assert.InRange((_server.Requests[0].Time - second.Requests[0].Time).TotalSeconds, 30, 31);
    }

    [Fact]
    public void A_blocking_server_that_fails_holds_the_next_back()
    {
        var second = new ScriptedServer(_world);
        _server.Script = _ => new CoapResponse(CoapCode.Forbidden);
        TestDevice device = new(_world, [_server.Endpoint, second.Endpoint]);
        device.Client.Servers[0].Server[13] = 1;
        device.Client.Servers[0].Server[15] = true;
        device.Client.Servers[1].Server[13] = 2;
        device.Start(untilRegistered: false);

        _world.Run(600);
        Assert.Empty(second.Requests);
        _server.Script = null;

        _world.RunUntil(() => second.Requests.Count > 0, TimeSpan.FromHours(1));
    }
}
