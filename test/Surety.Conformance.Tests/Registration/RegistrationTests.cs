using Surety.Coap;
using Surety.Lwm2m.Client;
using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>ETS 1.2, 6.2.1 to 6.2.5 and 6.2.7.</summary>
public sealed class RegistrationTests
{
    private const string Register = """POST /rd?ep=node&lt=86400&lwm2m=1.1&b=U Content-Format=40 | </>;rt="oma.lwm2m";ct="60 110 112 11542",</1/0>,</3/0>""";
    private const string Created = "2.01 Location=/rd/{loc}";

    [Fact]
    public void Int101_InitialRegistration()
    {
        using var bench = new Bench(configure: o => o with { SmsNumber = "46700000000" });

        bench.Client.Start();

        // The list has neither /0 nor /21.
        bench.AssertFromClient(Register.Replace("b=U", "b=U&sms=46700000000"), Created);
        bench.AssertNothingElse();
        Registration registration = bench.Registration;
        Assert.Equal(("node", 86_400u, Lwm2mVersion.V11, BindingModes.Udp), (registration.Endpoint, registration.Lifetime, registration.Version, registration.Bindings));
        Assert.Equal("46700000000", registration.SmsNumber);
        Assert.Equal("/1 /1/0 /3 /3/0", bench.RegisteredPaths);
        Assert.Equal(["registered node"], bench.Events.Take());
        Assert.Equal(RegistrationState.Registered, bench.Session.State);
    }

    [Fact]
    public void Int101_InitialRegistration_RawPeer()
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);

        Assert.Equal(Created, client.Register("ep=node&lt=86400&lwm2m=1.1&b=U&sms=46700000000", "</1/0>,</3/0>,</16>;ver=1.0"));

        Registration registration = bench.Registration;
        Assert.Equal(("node", 86_400u, Lwm2mVersion.V11, BindingModes.Udp), (registration.Endpoint, registration.Lifetime, registration.Version, registration.Bindings));
        Assert.Equal("46700000000", registration.SmsNumber);
        Assert.Equal("/1 /1/0 /3 /3/0 /16", bench.RegisteredPaths);
        Assert.Equal(new ObjectVersion(1, 0), registration.Links.VersionOf(16));
    }

    [Fact]
    public void Int101_InitialRegistration_WithoutEndpointName_RawPeer()
    {
        // The name is optional: the security identity tells it. Without either the client is nobody.
        using var bench = new ServerBench();

        Assert.Equal(Created, new RawClient(bench, isSecure: true).Register("lt=86400&lwm2m=1.1"));
        Assert.Equal("node", bench.Registration.Endpoint);
        Assert.Equal("4.00", new RawClient(bench).Register("lt=86400&lwm2m=1.1"));
        Assert.Equal("node", bench.Registration.Endpoint);
    }

    [Fact]
    public void Int102_RegistrationUpdate()
    {
        using Bench bench = new Bench().Register();

        bench.Exchange(bench.Write("/1/0/1", ContentFormat.TextPlain, 20), "PUT /1/0/1 Content-Format=0 | 20", "2.04");
        bench.AssertFromClient("POST /rd/{loc}?lt=20", "2.04");

        Assert.Equal(20u, bench.Registration.Lifetime);
        double updated = bench.Now;
        // Before expiry the client sends one without parameters.
        bench.AssertFromClient("POST /rd/{loc}", "2.04");
        Assert.True(bench.Now < updated + 20);
        bench.Run(60);
        Assert.True(bench.IsRegistered);
        Assert.Equal(1, bench.Client.Statistics.Registrations);
    }

    [Fact]
    public void Int102_RegistrationUpdate_RawPeer()
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        client.Register();

        DeviceResponse written = client.Serve(bench.Write("/1/0/1", ContentFormat.TextPlain, 20), "PUT /1/0/1 Content-Format=0 | 20", CoapCode.Changed);
        Assert.Equal(CoapCode.Changed, written.Code);
        Assert.Equal("2.04", client.Update("lt=20"));

        // No other Update comes: the server de-registers the client.
        bench.Run(19);
        Assert.True(bench.IsRegistered);
        bench.Run(4);
        Assert.False(bench.IsRegistered);
        Assert.Equal(["registered node", "updated node: Lifetime", "removed node: Expired"], bench.Events.Take());
        Assert.Equal("4.04", client.Update());
    }

    [Fact]
    public void Int103_Deregistration()
    {
        using Bench bench = new Bench(Configurations.C3).Register();
        bench.Observe(bench.BeginObserve("/3/0/0"), "GET /3/0/0 Observe=0", "2.05 Observe Content-Format=0 | Open Mobile Alliance");

        bench.Exchange(ServerBench.Execute("/1/0/4"), "POST /1/0/4", "2.04");
        bench.AssertFromClient("DELETE /rd/{loc}", "2.02");

        Assert.False(bench.IsRegistered);
        Assert.Equal(["ended /3/0/0", "removed node: Deregistered"], bench.Events.Take());
        Assert.Equal(0, bench.Session.ObservationCount);
        bench.Run(3600);
        bench.AssertNothingElse();
        // Disable Timeout: a day.
        Assert.Equal(RegistrationState.Disabled, bench.Session.State);
        bench.Run(86_400 - 3600);
        bench.AssertFromClient("""POST /rd?ep=node&lt=86400&lwm2m=1.1&b=U Content-Format=40 | </>;rt="oma.lwm2m";ct="60 110 112 11542",</1/0>,</3/0>""", Created);
    }

    [Fact]
    public void Int103_Deregistration_RawPeer()
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        client.Register();
        Task<ObserveResult> observing = bench.BeginObserve("/3/0/0");
        byte[] token = client.Serve("GET /3/0/0 Observe=0", CoapCode.Content, ContentFormat.TextPlain, "a"u8.ToArray(), observe: 1).Token;
        bench.Await(observing);

        client.Serve(ServerBench.Execute("/1/0/4"), "POST /1/0/4", CoapCode.Changed);
        Assert.Equal("2.02", client.Deregister());

        Assert.False(bench.IsRegistered);
        Assert.Equal("4.04", client.Update());
        Assert.Equal(MessageType.Reset, client.Notify(token, 2, ContentFormat.TextPlain, "b"u8.ToArray()));
    }

    [Fact]
    public void Int104_RegistrationUpdateTrigger()
    {
        using Bench bench = new Bench(uri => Configurations.C1(uri) with { Lifetime = 20 }).Register();
        bench.Run(5);

        bench.Exchange(ServerBench.Execute("/1/0/8"), "POST /1/0/8", "2.04");
        bench.AssertFromClient("POST /rd/{loc}", "2.04");

        // The client would have updated in the middle of the lifetime by itself; it is still registered when the first lifetime has passed.
        bench.Run(20);
        Assert.True(bench.IsRegistered);
        Assert.Equal(1, bench.Client.Statistics.Registrations);
    }

    [Fact]
    public void Int104_RegistrationUpdateTrigger_RawPeer()
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        client.Register("ep=node&lt=20&lwm2m=1.1&b=U");
        bench.Run(15);

        client.Serve(ServerBench.Execute("/1/0/8"), "POST /1/0/8", CoapCode.Changed);
        Assert.Equal("2.04", client.Update());

        bench.Run(19);
        Assert.True(bench.IsRegistered);
        Assert.Equal(20u, bench.Registration.Lifetime);
        bench.Run(4);
        Assert.False(bench.IsRegistered);
    }

    [Fact]
    public void Int105_DiscardedRegisterUpdate()
    {
        using Bench bench = new Bench().Register();
        // The ETS prints POST for this Write.
        bench.Exchange(bench.Write("/1/0/1", ContentFormat.TextPlain, 60), "PUT /1/0/1 Content-Format=0 | 60", "2.04");
        bench.AssertFromClient("POST /rd/{loc}?lt=60", "2.04");

        bench.Server.Revoke(bench.Registration);
        bench.AssertNothingElse();

        bench.AssertFromClient("POST /rd/{loc}", "4.04");
        bench.AssertFromClient(Register.Replace("lt=86400", "lt=60"), Created);
        Assert.Equal("node", bench.Registration.Endpoint);
        Assert.Equal(RegistrationState.Registered, bench.Session.State);
    }

    [Fact]
    public void Int105_DiscardedRegisterUpdate_RawPeer()
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        client.Register();
        string discarded = client.Location;

        bench.Server.Revoke(bench.Registration);

        Assert.Equal("4.04", client.Update());
        Assert.Equal("4.04", client.Update("lt=60", RawClient.Links));
        Assert.Equal(Created, client.Register());
        Assert.Equal("2.04", client.Update());
        client.Location = discarded;
        Assert.Equal("4.04", client.Update());
        Assert.True(bench.IsRegistered);
    }

    [Fact]
    public void Int107_ExtendingTheLifetime()
    {
        using var bench = new Bench(uri => Configurations.C1(uri) with { Lifetime = 60 });
        bench.Client.Start();
        bench.AssertFromClient(Register.Replace("lt=86400", "lt=60"), Created);

        bench.Exchange(bench.Write("/1/0/1", ContentFormat.TextPlain, 120), "PUT /1/0/1 Content-Format=0 | 120", "2.04");
        bench.AssertFromClient("POST /rd/{loc}?lt=120", "2.04");

        double updated = bench.Now;
        Assert.Equal(120u, bench.Registration.Lifetime);
        bench.AssertFromClient("POST /rd/{loc}", "2.04");
        Assert.InRange(bench.Now, updated + 30, updated + 120);
        Assert.Equal(1, bench.Client.Statistics.Registrations);
    }

    [Fact]
    public void Int107_ExtendingTheLifetime_RawPeer()
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        Assert.Equal(Created, client.Register("ep=node&lt=60&lwm2m=1.1&b=U"));

        client.Serve(bench.Write("/1/0/1", ContentFormat.TextPlain, 120), "PUT /1/0/1 Content-Format=0 | 120", CoapCode.Changed);
        Assert.Equal("2.04", client.Update("lt=120"));

        Assert.Equal(120u, bench.Registration.Lifetime);
        bench.Run(118);
        Assert.True(bench.IsRegistered);
        bench.Run(5);
        Assert.False(bench.IsRegistered);
    }
}
