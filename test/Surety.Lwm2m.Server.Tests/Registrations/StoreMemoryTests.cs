using System.Net;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Registrations;

/// <summary>What a registered device costs: a server with a million devices must have room for them.</summary>
public sealed class StoreMemoryTests(ITestOutputHelper output)
{
    private const int Devices = 100_000;

    // The goal of the design; far below it is what is wanted.
    private const long MaxBytesPerDevice = 1_500;

    [Fact]
    public void A_registered_device_takes_few_bytes_with_an_observation_and_without()
    {
        var network = new SimulatedNetwork();
        SimulatedEndpoint endpoint = network.Add(new CoapRouter());
        long empty = GC.GetTotalMemory(forceFullCollection: true);
        var store = new RegistrationStore(null, 0);
        var random = new Random(1);
        for (int i = 0; i < Devices; i++)
            store.Add(Create(endpoint, store.Links, i, random), out _, out _, []);
        long registered = (GC.GetTotalMemory(forceFullCollection: true) - empty) / Devices;

        foreach (Registration registration in store.ToArray())
        {
            var observation = new Observation(registration, (ulong)random.NextInt64(), new Lwm2mPath(3303, 0, 5700));
            Assert.True(store.TryAdd(observation) && store.TryKeep(observation));
        }

        long observed = (GC.GetTotalMemory(forceFullCollection: true) - empty) / Devices;
        output.WriteLine($"{registered} bytes for each of {Devices} registered devices, {observed} with an observation");
        Assert.Equal((Devices, Devices, Devices, Devices, Devices), store.IndexSizes);
        Assert.InRange(registered, 100, MaxBytesPerDevice * 2 / 3);
        Assert.InRange(observed, 100, MaxBytesPerDevice);
    }

    private static Registration Create(CoapEndpoint endpoint, LinksCache links, int number, Random random)
    {
        // Ten kinds of devices.
        byte[] list = System.Text.Encoding.UTF8.GetBytes($"</>;rt=\"oma.lwm2m\";ct=\"110 112\",</1/0>,</3/0>,</4/0>,</5/0>,</3303/{number % 10}>");
        Assert.True(links.TryGet(list, out SharedLinks? shared, out _));
        var peer = new CoapPeer(endpoint, PeerKey.FromAddress(new IPEndPoint(new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]), 56_830)));
        var registration = new Registration(
            new RegistrationId((ulong)random.NextInt64()), new DeviceId(new UInt128((ulong)random.NextInt64(), (ulong)number)), new TenantId(1), $"urn:imei:49015420{number:0000000}", peer)
        {
            Version = Lwm2mVersion.V11,
            Bindings = BindingModes.Udp,
            Lifetime = 86_400,
            Shared = shared,
            RegisteredAt = DateTimeOffset.UnixEpoch,
        };
        registration.Refresh(0);
        return registration;
    }
}
