using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>A registered client, and a server that observes it.</summary>
public abstract class ObserveFixture
{
    private protected static readonly CoapToken Token = new([1, 2, 3, 4]);

    private protected readonly World _world = new();
    private protected readonly ScriptedServer _server;
    private protected readonly TestDevice _device;
    private protected double _start;

    protected ObserveFixture()
    {
        _server = new ScriptedServer(_world);
        _device = new TestDevice(_world, _server, o => o with { Version = Lwm2mVersion.V12 });
        _device.Client.Objects.Add(new ObjectInstance(3306) { [5850] = false, [5851] = 10 });
        _device.Client.Objects.Add(new Lwm2mObject(16) { AllowsCreate = true, AllowsDelete = true });
        _device.Start();
        _start = _world.Now.TotalSeconds;
    }

    private protected CoapResponse Observe(string pathAndQuery) => _server.Get(pathAndQuery, observe: 0, token: Token);

    private protected CoapResponse ObserveComposite(params string[] paths)
    {
        string query = paths[0].StartsWith('?') ? paths[0] : "";
        string list = string.Join(',', paths.Where(path => path != query).Select(path => $$"""{"n":"{{path}}"}"""));
        return _server.Fetch(ContentFormat.SenmlJson, System.Text.Encoding.UTF8.GetBytes($"[{list}]"), observe: 0, token: Token, query: query);
    }

    private protected void AssertTimes(params double[] seconds) =>
        Assert.Equal(seconds, _server.Notifications.Select(n => Math.Round(n.Time.TotalSeconds - _start)));
}
