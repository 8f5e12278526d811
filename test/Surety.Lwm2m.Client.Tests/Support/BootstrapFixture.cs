using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>A client that knows a bootstrap server alone, and a server that it may be sent to.</summary>
public abstract class BootstrapFixture
{
    private protected readonly World _world = new();
    private protected readonly ScriptedServer _bootstrap;
    private protected readonly ScriptedServer _server;
    private protected readonly List<string> _steps = [];

    protected BootstrapFixture()
    {
        _bootstrap = new ScriptedServer(_world);
        _server = new ScriptedServer(_world);
    }

    /// <summary>Accounts of the server, as a bootstrap server writes them.</summary>
    private protected string SecurityJson => $$"""[{"bn":"/0/0/","n":"0","vs":"{{_server.Uri}}"},{"n":"1","vb":false},{"n":"2","v":3},{"n":"10","v":101}]""";

    private protected const string ServerJson = """[{"bn":"/1/0/","n":"0","v":101},{"n":"1","v":300},{"n":"6","vb":true},{"n":"7","vs":"U"}]""";

    private protected TestDevice Make(Func<Lwm2mClientOptions, Lwm2mClientOptions>? configure = null, Func<BootstrapAccount, BootstrapAccount>? account = null)
    {
        var device = new TestDevice(_world, [_bootstrap.Endpoint, _server.Endpoint], o =>
        {
            o = o with { Servers = [], Bootstrap = account is null ? new BootstrapAccount(_bootstrap.Uri) : account(new BootstrapAccount(_bootstrap.Uri)) };
            return configure?.Invoke(o) ?? o;
        });
        device.Client.BootstrapStepTaken += step => _steps.Add($"{step.State}: {step.Text}");
        return device;
    }

    /// <summary>A client that has sent its Bootstrap-Request and waits to be written to.</summary>
    private protected TestDevice Begin(Func<Lwm2mClientOptions, Lwm2mClientOptions>? configure = null, Func<BootstrapAccount, BootstrapAccount>? account = null)
    {
        TestDevice device = Make(configure, account);
        device.Start(untilRegistered: false);
        _world.RunUntil(() => device.Client.Bootstrap.State == BootstrapState.Configuring);
        return device;
    }

    private protected CoapCode Write(string path, string json) => _bootstrap.Put(path, ContentFormat.SenmlJson, Encoding.UTF8.GetBytes(json)).Code;

    private protected CoapResponse Finish(string query = "")
    {
        DirectRequest finish = _bootstrap.Begin(new CoapRequest(CoapCode.Post, "/bs" + query));
        // What is stored is stored on another thread.
        _world.RunPatientlyUntil(() => finish.Response is not null);
        return finish.Response!;
    }

    private protected void WriteAccount()
    {
        Assert.Equal(CoapCode.Changed, Write("/0/0", SecurityJson));
        Assert.Equal(CoapCode.Changed, Write("/1/0", ServerJson));
    }

    private protected void UntilRegistered(TestDevice device) =>
        _world.RunUntil(() => device.Client.Servers.Count > 0 && device.Client.Servers.All(session => session.State == RegistrationState.Registered));
}
