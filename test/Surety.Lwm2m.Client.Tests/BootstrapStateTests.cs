using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>Power cuts: after each of them there is the old configuration, whole, or the new one, whole, or another bootstrap.</summary>
public sealed class BootstrapStateTests : BootstrapFixture
{
    private readonly FailingStore _store = new();

    [Fact]
    public void What_was_bootstrapped_is_there_after_a_restart()
    {
        TestDevice device = Begin(o => o with { StateStore = _store });
        WriteAccount();
        Finish();
        UntilRegistered(device);
        _bootstrap.Requests.Clear();

        TestDevice again = Make(o => o with { StateStore = new FailingStore { State = _store.State } });
        again.Start(untilRegistered: false);
        UntilRegistered(again);

        Assert.Empty(_bootstrap.Requests);
        Assert.Equal(101, again.Session.Server.ShortServerId);
        Assert.Equal(300u, again.Session.Server.Lifetime);
        Assert.NotNull(again.Client.Bootstrap.LastBootstrapped);
        Assert.Equal(CoapUri.Parse(_bootstrap.Uri), again.Client.Bootstrap.Uri);
    }

    [Fact]
    public void Before_the_finish_nothing_is_stored()
    {
        Begin(o => o with { StateStore = _store });
        WriteAccount();
        _world.Run(10);

        TestDevice again = Make(o => o with { StateStore = new FailingStore { State = _store.State } });
        again.Start(untilRegistered: false);
        _world.RunUntil(() => again.Client.Bootstrap.State == BootstrapState.Configuring);

        Assert.Empty(again.Client.Servers);
    }

    [Fact]
    public void The_finish_is_answered_when_all_is_stored_and_not_before()
    {
        Begin(o => o with { StateStore = _store });
        WriteAccount();
        using var go = new ManualResetEventSlim();
        _store.Saving = () => go.Wait(TestContext.Current.CancellationToken);
        DirectRequest finish = _bootstrap.Begin(new CoapRequest(CoapCode.Post, "/bs"));
        _world.Run(30);
        Assert.Null(finish.Response);
        Assert.Empty(_server.Requests);
        go.Set();
        _world.RunPatientlyUntil(() => finish.Response is not null);

        Assert.Equal(CoapCode.Changed, finish.Response!.Code);
    }

    [Fact]
    public void A_disk_that_is_full_is_told_and_the_server_may_finish_again()
    {
        TestDevice device = Begin(o => o with { StateStore = _store });
        WriteAccount();
        _store.Saving = () => throw new IOException("no space left on device");

        Assert.Equal(CoapCode.InternalServerError, Finish().Code);
        Assert.Empty(device.Client.Servers);
        _store.Saving = null;
        Assert.Equal(CoapCode.Changed, Finish().Code);
        UntilRegistered(device);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_power_cut_while_it_is_stored_leaves_the_old_accounts_or_the_new_ones(bool isWritten)
    {
        TestDevice device = Begin(o => o with { StateStore = _store });
        WriteAccount();
        Finish();
        UntilRegistered(device);
        _server.Execute("/1/0/9");
        _world.RunUntil(() => device.Client.Bootstrap.State == BootstrapState.Configuring);
        Assert.Equal(CoapCode.Changed, _bootstrap.Put("/1/0/1", "77").Code);
        byte[]? onDisk = null;
        _store.Saving = () => onDisk ??= _store.State;
        _store.Saved = () => onDisk = isWritten ? _store.State : onDisk;
        Finish();

        TestDevice again = Make(o => o with { StateStore = new FailingStore { State = onDisk } });
        again.Start(untilRegistered: false);
        UntilRegistered(again);

        Assert.Equal(isWritten ? 77u : 300u, again.Session.Server.Lifetime);
    }

    [Fact]
    public void A_state_that_cannot_be_read_means_another_bootstrap()
    {
        _store.State = "{ \"version\": 1, \"servers\": [], \"objects\": [], \"configuration\": { } }"u8.ToArray();
        TestDevice device = Begin(o => o with { StateStore = _store });

        Assert.Empty(device.Client.Servers);
    }

    [Fact]
    public void A_bootstrap_account_that_was_replaced_stays_so_and_one_that_was_purged_too()
    {
        var other = new ScriptedServer(_world);
        TestDevice device = Begin(o => o with { StateStore = _store });
        device.Know(other);
        WriteAccount();
        Write("/0/7", $$"""[{"bn":"/0/7/","n":"0","vs":"{{other.Uri}}"},{"n":"1","vb":true},{"n":"2","v":3},{"n":"12","v":600}]""");
        Finish();
        UntilRegistered(device);

        TestDevice again = Make(o => o with { StateStore = new FailingStore { State = _store.State } });
        again.Start(untilRegistered: false);
        Assert.Equal(CoapUri.Parse(other.Uri), again.Client.Bootstrap.Uri);
        UntilRegistered(again);
        _world.Run(700);
        Assert.Null(again.Client.Bootstrap.Uri);
    }

    private sealed class FailingStore : IClientStateStore
    {
        public byte[]? State { get; set; }

        public Action? Saving { get; set; }

        public Action? Saved { get; set; }

        public byte[]? Load() => State;

        public void Save(ReadOnlyMemory<byte> state)
        {
            Saving?.Invoke();
            State = state.ToArray();
            Saved?.Invoke();
        }
    }
}
