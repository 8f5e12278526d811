using System.Net;
using Surety.Coap;
using Surety.Lwm2m.Server.Tests.Restart;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Server.Tests.Registrations;

/// <summary>Several threads that register, update, move, end, observe and compact at once.</summary>
public sealed class StoreConcurrencyTests
{
    private const int Threads = 6;
    private const int Names = 40;
    private const int OperationsPerThread = 4_000;

    private readonly CoapEndpoint _endpoint = new SimulatedNetwork().Add(new CoapRouter());

    [Fact]
    public async Task The_indexes_agree_and_the_log_holds_the_same()
    {
        using var state = new StateDirectory();
        string[] expected;
        using (AppendLog log = AppendLog.Open(state.Path, "registrations", new() { SegmentSize = 100_000 }))
        {
            var store = new RegistrationStore(log, 0);
            await Task.WhenAll(Enumerable.Range(0, Threads).Select(i => Task.Run(() => Work(store, new Random(i)), TestContext.Current.CancellationToken)));
            AssertConsistent(store);
            store.Flush();
            expected = StateDirectory.Describe(store);
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected, state.Read(DateTimeOffset.UnixEpoch));
    }

    private void Work(RegistrationStore store, Random random)
    {
        for (int i = 0; i < OperationsPerThread; i++)
        {
            string name = $"device-{random.Next(Names)}";
            if (random.Next(10) == 0 || !store.TryGet(default(TenantId), name, out Registration? registration))
            {
                store.Add(Create(store, name, random), out _, out _, []);
                continue;
            }

            switch (random.Next(8))
            {
                case 0:
                    store.TryRemove(registration, []);
                    break;
                case 1:
                    store.TryRefresh(registration, random.Next(1_000_000));
                    break;
                case 2:
                    var parameters = new RegistrationParameters { SmsNumber = random.Next(100).ToString() };
                    store.TryUpdate(registration, new RegistrationUpdate(parameters, null, (uint)random.Next(100_000, 200_000), random.Next(1_000_000)), Peer(random), out _);
                    break;
                case 3:
                    store.Move(registration, Peer(random));
                    break;
                case 4 or 5:
                    var observation = new Observation(registration, (ulong)random.NextInt64(), new Lwm2mPath(3, 0, (ushort)random.Next(20)));
                    if (store.TryAdd(observation))
                        store.TryKeep(observation);
                    break;
                case 6 when store.ObservationsOf(registration) is { Count: > 0 } observations:
                    store.TryRemove(observations[random.Next(observations.Count)]);
                    break;
                case 7 when i % 50 == 0:
                    store.Compact();
                    break;
                default:
                    foreach (Registration expired in store.TakeExpired(random.Next(2_000_000)))
                        store.TryExpire(expired, random.Next(2_000_000), []);
                    store.Flush();
                    break;
            }
        }
    }

    private static void AssertConsistent(RegistrationStore store)
    {
        Registration[] all = store.ToArray();
        int observations = 0;
        foreach (Registration registration in all)
        {
            Assert.True(registration.IsActive);
            Assert.True(store.TryGet(registration.Id, out Registration? byId) && byId == registration);
            Assert.True(store.TryGet(registration.Device, out Registration? byDevice) && byDevice == registration);
            Assert.True(store.TryGet(registration.Tenant, registration.Endpoint, out Registration? byName) && byName == registration);
            foreach (Observation observation in store.ObservationsOf(registration))
            {
                observations++;
                Assert.True(observation.IsActive);
                Assert.True(store.TryGetObservation(observation.Token, out Observation? byToken) && byToken == observation);
            }
        }

        (int ids, int devices, int names, int peers, int tokens) = store.IndexSizes;
        Assert.Equal((all.Length, all.Length, all.Length, observations), (ids, devices, names, tokens));
        // Of devices at one address the last that came is found by it.
        Assert.InRange(peers, 1, all.Length);
        Assert.Equal(peers, all.Select(r => r.Peer).Distinct().Count(p => store.TryGetByPeer(p, out Registration? found) && found.Peer == p && found.IsActive));
    }

    private CoapPeer Peer(Random random) => new(_endpoint, PeerKey.FromAddress(new IPEndPoint(new IPAddress([10, 9, 0, (byte)random.Next(60)]), 5683)));

    private Registration Create(RegistrationStore store, string name, Random random)
    {
        Assert.True(store.Links.TryGet("</1/0>,</3/0>"u8, out SharedLinks? links, out _));
        var registration = new Registration(RegistrationId.Create(), new DeviceId((UInt128)name.GetHashCode(StringComparison.Ordinal) & uint.MaxValue), default, name, Peer(random))
        {
            Version = Lwm2mVersion.V11,
            Lifetime = (uint)random.Next(100_000, 200_000),
            Shared = links,
            RegisteredAt = DateTimeOffset.UnixEpoch,
        };
        registration.Refresh(random.Next(1_000_000));
        return registration;
    }
}
