using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Testing.Coap;

namespace Surety.Conformance.Tests;

/// <summary>ETS 1.2, 6.4.1 to 6.4.3, 6.4.12 and 6.4.13.</summary>
public sealed class ObserveTests
{
    private const string Voltages = "2.05 Observe Content-Format=112 | /3/0/7/0=3800 /3/0/7/1=5000";
    private const string Currents = "2.05 Observe Content-Format=112 | /3/0/8/0=125 /3/0/8/1=900";

    [Fact]
    public void Int301_ObservationAndNotification()
    {
        using Bench bench = CreateBench();
        bench.Exchange(ServerBench.Read("/3/0/6"), "GET /3/0/6", "2.05 Content-Format=112 | /3/0/6/0=1 /3/0/6/1=2");
        (_, _, double start) = ObserveBoth(bench);

        // A change waits for pmin: 5 s for voltages, 10 s for currents.
        bench.Device[7, 0] = 3900;
        bench.Device[8, 1] = 950;
        AssertTime(start + 5, bench.AssertNotification("NON 2.05 Observe Content-Format=112 | /3/0/7/0=3900 /3/0/7/1=5000"));
        AssertTime(start + 10, bench.AssertNotification("NON 2.05 Observe Content-Format=112 | /3/0/8/0=125 /3/0/8/1=950"));
        // Without change there is one every pmax: 15 s and 20 s.
        AssertTime(start + 20, bench.AssertNotification("NON 2.05 Observe Content-Format=112 | /3/0/7/0=3900 /3/0/7/1=5000"));
        AssertTime(start + 30, bench.AssertNotification("NON 2.05 Observe Content-Format=112 | /3/0/8/0=125 /3/0/8/1=950"));
        AssertTime(start + 35, bench.AssertNotification("NON 2.05 Observe Content-Format=112 | /3/0/7/0=3900 /3/0/7/1=5000"));

        bench.AssertNothingElse();
        Assert.Equal(
            [
                "notified /3/0/7/0=3900 /3/0/7/1=5000", "notified /3/0/8/0=125 /3/0/8/1=950", "notified /3/0/7/0=3900 /3/0/7/1=5000",
                "notified /3/0/8/0=125 /3/0/8/1=950", "notified /3/0/7/0=3900 /3/0/7/1=5000",
            ],
            bench.Events.Take());
    }

    [Fact]
    public void Int301_ObservationAndNotification_RawPeer()
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        byte[] token = Observe(bench, client);
        bench.Events.Take();

        Assert.Equal(MessageType.Acknowledgement, client.Notify(token, 5, ContentFormat.Lwm2mTlv, Voltage("0EE2")));
        client.NotifyOnce(token, 6, ContentFormat.Lwm2mTlv, Voltage("0EE3"));
        // RFC 7641, 3.4: what was overtaken on the way is acknowledged, and is no news.
        Assert.Equal(MessageType.Acknowledgement, client.Notify(token, 4, ContentFormat.Lwm2mTlv, Voltage("0EE1")));
        Assert.Equal(MessageType.Acknowledgement, client.Notify(token, 7, ContentFormat.Lwm2mTlv, Voltage("0EE4")));

        Assert.Equal(["notified /3/0/7/0=3810", "notified /3/0/7/0=3811", "notified /3/0/7/0=3812"], bench.Events.Take());
    }

    [Fact]
    public void Int302_CancelObservationsByReset()
    {
        using Bench bench = CreateBench();
        (Observation voltages, Observation currents, double start) = ObserveBoth(bench);

        bench.Server.Forget(voltages);
        AssertTime(start + 15, AssertReset(bench, "NON " + Voltages));
        Assert.Equal(1, bench.Session.ObservationCount);
        AssertTime(start + 20, bench.AssertNotification("NON " + Currents));
        bench.Server.Forget(currents);
        AssertTime(start + 40, AssertReset(bench, "NON " + Currents));

        Assert.Equal(0, bench.Session.ObservationCount);
        bench.Run(300);
        bench.AssertNothingElse();
        Assert.Equal(["ended /3/0/7", "notified /3/0/8/0=125 /3/0/8/1=900", "ended /3/0/8"], bench.Events.Take());
    }

    [Fact]
    public void Int302_CancelObservationsByReset_RawPeer()
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        byte[] token = Observe(bench, client);
        Assert.Equal(MessageType.Acknowledgement, client.Notify(token, 2, ContentFormat.Lwm2mTlv, Voltage("0EE2")));

        bench.Server.Forget(Assert.Single(bench.Server.Registrations.ObservationsOf(bench.Registration)));

        // Nothing is sent for it; the next notification gets a Reset, whether Confirmable or not.
        client.ReceiveNothing(10);
        ushort messageId = client.NotifyOnce(token, 3, ContentFormat.Lwm2mTlv, Voltage("0EE3"));
        WireMessage reset = client.Receive();
        Assert.Equal((MessageType.Reset, messageId), (reset.Type, reset.MessageId));
        Assert.Equal(MessageType.Reset, client.Notify(token, 4, ContentFormat.Lwm2mTlv, Voltage("0EE4")));
    }

    /// <summary>The ETS prints the path of the instance; an observation is cancelled by its token, and by its own path (RFC 7641, 3.6).</summary>
    [Fact]
    public void Int303_CancelObservationsWithObserve1()
    {
        using Bench bench = CreateBench();
        (Observation voltages, Observation currents, double start) = ObserveBoth(bench);
        AssertTime(start + 15, bench.AssertNotification("NON " + Voltages));

        bench.Await(bench.BeginCancel(voltages));
        bench.AssertFromServer("GET /3/0/7 Observe=1", Voltages.Replace(" Observe", ""));
        Assert.Equal(1, bench.Session.ObservationCount);
        AssertTime(start + 20, bench.AssertNotification("NON " + Currents));
        bench.Await(bench.BeginCancel(currents));
        bench.AssertFromServer("GET /3/0/8 Observe=1", Currents.Replace(" Observe", ""));

        Assert.Equal(0, bench.Session.ObservationCount);
        bench.Run(300);
        bench.AssertNothingElse();
    }

    [Fact]
    public void Int303_CancelObservationsWithObserve1_RawPeer()
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        byte[] token = Observe(bench, client);

        Task<DeviceResponse> cancelling = bench.BeginCancel(Assert.Single(bench.Server.Registrations.ObservationsOf(bench.Registration)));
        WireMessage cancel = client.Serve("GET /3/0/7 Observe=1", CoapCode.Content, ContentFormat.Lwm2mTlv, Voltage("0EE2"));

        Assert.Equal("/3/0/7/0=3810", bench.Decode(bench.Await(cancelling), "/3/0/7"));
        Assert.Equal(token, cancel.Token);
        Assert.Equal(MessageType.Reset, client.Notify(token, 9, ContentFormat.Lwm2mTlv, Voltage("0EE3")));
    }

    [Fact]
    public void Int312_ObserveWithAttributesAsParameters()
    {
        using Bench bench = CreateBench(Lwm2mVersion.V12);

        Observation observation = bench.Observe(
            bench.BeginObserve("/3/0/7", ContentFormat.SenmlCbor, "pmin=5", "pmax=15"), "GET /3/0/7?pmin=5&pmax=15 Observe=0 Accept=112", Voltages);
        double start = bench.Now;
        bench.Device[7, 1] = 5100;
        AssertTime(start + 5, bench.AssertNotification("NON 2.05 Observe Content-Format=112 | /3/0/7/0=3800 /3/0/7/1=5100"));
        AssertTime(start + 20, bench.AssertNotification("NON 2.05 Observe Content-Format=112 | /3/0/7/0=3800 /3/0/7/1=5100"));
        AssertTime(start + 35, bench.AssertNotification("NON 2.05 Observe Content-Format=112 | /3/0/7/0=3800 /3/0/7/1=5100"));

        // The parameters belong to the observation, and to its end.
        bench.Await(bench.BeginCancel(observation));
        bench.AssertFromServer("GET /3/0/7?pmin=5&pmax=15 Observe=1 Accept=112", "2.05 Content-Format=112 | /3/0/7/0=3800 /3/0/7/1=5100");
        bench.Run(60);
        bench.AssertNothingElse();
    }

    [Fact]
    public void Int313_ObserveParametersOverrideAttributes()
    {
        using Bench bench = CreateBench(Lwm2mVersion.V12);
        bench.Exchange(ServerBench.WriteAttributes("/3/0/7", Periods(5, 60)), "PUT /3/0/7?pmin=5&pmax=60", "2.04");

        bench.Observe(
            bench.BeginObserve("/3/0/7", ContentFormat.SenmlCbor, "pmin=5", "pmax=10"), "GET /3/0/7?pmin=5&pmax=10 Observe=0 Accept=112", Voltages);
        double start = bench.Now;

        for (int i = 1; i <= 5; i++)
            AssertTime(start + (10 * i), bench.AssertNotification("NON " + Voltages));
        bench.AssertNothingElse();
    }

    private static Bench CreateBench(Lwm2mVersion version = Lwm2mVersion.V11) => new Bench(Configurations.C3, Configurations.DeviceC4(version), version).Register();

    private static NotificationAttributes Periods(uint least, uint most) => new() { MinimumPeriod = least, MaximumPeriod = most };

    private static (Observation Voltages, Observation Currents, double Start) ObserveBoth(Bench bench)
    {
        bench.Exchange(ServerBench.WriteAttributes("/3/0/7", Periods(5, 15)), "PUT /3/0/7?pmin=5&pmax=15", "2.04");
        bench.Exchange(ServerBench.WriteAttributes("/3/0/8", Periods(10, 20)), "PUT /3/0/8?pmin=10&pmax=20", "2.04");
        Observation voltages = bench.Observe(bench.BeginObserve("/3/0/7"), "GET /3/0/7 Observe=0", Voltages);
        Observation currents = bench.Observe(bench.BeginObserve("/3/0/8"), "GET /3/0/8 Observe=0", Currents);
        return (voltages, currents, bench.Now);
    }

    /// <summary>Has the server observe a client that answers in TLV: one battery, 3.8 V.</summary>
    private static byte[] Observe(ServerBench bench, RawClient client)
    {
        client.Register();
        Task<ObserveResult> observing = bench.BeginObserve("/3/0/7");
        byte[] token = client.Serve("GET /3/0/7 Observe=0", CoapCode.Content, ContentFormat.Lwm2mTlv, Voltage("0ED8"), observe: 1).Token;
        Assert.NotNull(bench.Await(observing).Observation);
        return token;
    }

    /// <summary>/3/0/7 with one instance: multiple resource 7, 4 octets; instance 0, 2 octets.</summary>
    private static byte[] Voltage(string millivolts) => Convert.FromHexString("84074200" + millivolts);

    private static double AssertReset(Bench bench, string notification)
    {
        double sentAt = bench.AssertNotification(notification);
        bench.Take("Reset");
        return sentAt;
    }

    private static void AssertTime(double expected, double actual) => Assert.Equal(expected, actual, 0.5);
}
