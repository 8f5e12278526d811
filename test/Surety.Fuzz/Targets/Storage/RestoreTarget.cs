using System.Net;
using Surety.Coap;
using Surety.Fuzz.Targets.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Testing.Coap;
using static Surety.Fuzz.ScriptInput;

namespace Surety.Fuzz.Targets.Storage;

/// <summary>
/// A server that starts over a log whose records have sound checksums and any content: of another release, say. It starts, what it takes for a
/// registration can be looked at, served and ended, and a second start finds the same.
/// </summary>
internal sealed class RestoreTarget : FuzzTarget
{
    private const int MaxRecords = 60;

    private static readonly AppendLogOptions LogOptions = new() { SyncInterval = Timeout.InfiniteTimeSpan };

    public override string Name => "lwm2m-restore";

    public override int MaxLength => 3000;

    public override long MaxAllocation => 64 * 1024 * 1024;

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        using var directory = new ScratchDirectory();
        using (AppendLog log = AppendLog.Open(directory.Name, "registrations", LogOptions))
        {
            for (int i = 0; i < MaxRecords && !input.IsEmpty; i++)
                log.Append(TakeMany(ref input));
        }

        string[] first = Start(directory, features);
        Assert.Equal(first, Start(directory, features));
    }

    private static string[] Start(ScratchDirectory directory, FeatureSet features)
    {
        var network = new SimulatedNetwork();
        var log = new FaultLogger();
        using var server = new Lwm2mServer(
            new() { StateDirectory = directory.Name, Log = LogOptions }, new FuzzedAdmission(), new FuzzedEvents(), network.QuietTime, log);
        SimulatedEndpoint endpoint = network.Add(new WatchedHandler(server, log));
        server.AddEndpoint(endpoint);
        string[] found = [.. server.Registrations.ToArray().Select(r => Look(server, r, features)).Order(StringComparer.Ordinal)];
        features.AddAmount(0, found.Length);
        features.AddAmount(1, server.Registrations.ObservationCount);
        Assert.InRange(found.Length, 0, MaxRecords);
        Assert.InRange(server.Registrations.ObservationCount, 0, MaxRecords);
        network.Run(TimeSpan.FromSeconds(90));
        var anybody = new IPEndPoint(new IPAddress([10, 2, 0, 1]), 5683);
        network.Inject(anybody, endpoint, new WireMessage(MessageType.Confirmable, CoapCode.Post, 1) { Path = "/rd?ep=new&lt=60", Payload = "</3/0>"u8.ToArray() }.ToBytes());
        network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(CoapCode.Created, network.Sent[^1].Code);
        Registration last = server.Registrations.ToArray().Single(r => r.Endpoint == "new");
        server.Revoke(last);
        Assert.Empty(log.Faults);
        return found;
    }

    private static string Look(Lwm2mServer server, Registration registration, FeatureSet features)
    {
        features.Add(2, (int)registration.Version | (registration.QueueMode ? 8 : 0) | (registration.IsSecure ? 16 : 0));
        // The time until which it is kept after a restart is not of the log.
        _ = registration.ExpiresAt;
        _ = server.IsAwake(registration);
        return $"{registration.Id} {registration.Device} {registration.Tenant} {registration.Endpoint} {registration.Version} {registration.Bindings} {registration.Lifetime} {registration.RegisteredAt:O} "
            + $"{registration.LastSeen:O} {registration.EndpointType} {registration.SmsNumber} {Convert.ToHexString(registration.ObjectList.Span)} {registration.Peer.Key} "
            + string.Join(' ', server.Registrations.ObservationsOf(registration).Select(o => o.ToString()).Order(StringComparer.Ordinal));
    }
}
