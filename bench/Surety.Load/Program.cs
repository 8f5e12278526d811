using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Load;
using Surety.Lwm2m.Server;

// ADDRESS [STATE-DIRECTORY [DTLS-ADDRESS [CERTIFICATES]]]: plain CoAP, through which it is asked about itself as well; the same over DTLS, with
// the pre-shared key of the generator, and with ca.crt, server.crt and server.key of a folder.
var router = new CoapRouter();
router.Map("/hello").On(CoapCode.Get, (ref IncomingRequest request) =>
{
    ref CoapMessageWriter response = ref request.Respond(CoapCode.Content);
    response.ContentFormat(ContentFormat.TextPlain);
    response.Payload("hello"u8);
});
string state = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "surety-load");
if (Directory.Exists(state))
    Directory.Delete(state, true);
var events = new Events();
using var server = new Lwm2mServer(new Lwm2mServerOptions { StateDirectory = state, Fallback = router }, new Admissions(), events);
await using var endpoint = UdpCoapEndpoint.Open(IPEndPoint.Parse(args[0]), server);
server.AddEndpoint(endpoint);
await using DtlsCoapEndpoint? dtls = args.Length > 2 ? DtlsLoad.Open(IPEndPoint.Parse(args[2]), server, args.ElementAtOrDefault(3)) : null;
if (dtls is not null)
{
    server.AddEndpoint(dtls);
    router.Map("/bench/save").On(CoapCode.Post, request => DtlsLoad.SaveAndRestoreAsync(dtls, server));
    router.Map("/bench/sessions").On(CoapCode.Get, (ref IncomingRequest request) => Tell(ref request, dtls.SessionCount));
}

router.Map("/bench/observe").On(CoapCode.Post, async request => await ForAllAsync(server, r => server.ObserveAsync(r, Lwm2mPath.Parse("/3303/0/5700"))));
router.Map("/bench/read").On(CoapCode.Post, async request =>
{
    CoapResponse result = new(CoapCode.Changed);
    for (int i = 0; i < 10; i++)
        result = await ForAllAsync(server, r => server.SendAsync(r, DeviceRequest.Read(Lwm2mPath.Parse("/3303/0/5700"))));
    return result;
});
router.Map("/bench/heap").On(CoapCode.Get, (ref IncomingRequest request) => Tell(ref request, GC.GetTotalMemory(true)));
router.Map("/bench/memory").On(CoapCode.Get, (ref IncomingRequest request) => Tell(ref request, ProcessMemory.Measure()));
router.Map("/bench/allocated").On(CoapCode.Get, (ref IncomingRequest request) => Tell(ref request, GC.GetTotalAllocatedBytes(true)));
Console.WriteLine("ready");
var done = new TaskCompletionSource();
using var term = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, c => { c.Cancel = true; done.TrySetResult(); });
await done.Task;
Console.WriteLine($"received {endpoint.Statistics.Received} duplicates {endpoint.Statistics.Duplicates} allocated {GC.GetTotalAllocatedBytes()} notifications {events.Notifications} sent {events.Sent}");

static void Tell(ref IncomingRequest request, long value) =>
    request.Respond(CoapCode.Content, ContentFormat.TextPlain, Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)));

// The devices of the generator that runs now; others are not there to answer.
static async Task<CoapResponse> ForAllAsync(Lwm2mServer server, Func<Registration, Task> action)
{
    const int Window = 64;
    Registration[] all = [.. server.Registrations.ToArray().Where(r => r.Endpoint.StartsWith("device", StringComparison.Ordinal))];
    int next = -1;
    int failed = 0;
    long start = Stopwatch.GetTimestamp();
    await Task.WhenAll(Enumerable.Range(0, Window).Select(async _ =>
    {
        int i;
        while ((i = Interlocked.Increment(ref next)) < all.Length)
        {
            try
            {
                await action(all[i]);
            }
            catch (CoapExchangeException)
            {
                Interlocked.Increment(ref failed);
            }
        }
    }));
    string text = $"{all.Length} in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms, {failed} failed";
    return new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, Encoding.UTF8.GetBytes(text));
}

internal sealed class Admissions : IDeviceAdmission
{
    private long _next;

    public Admission Admit(in CoapPeer peer, string? endpoint) =>
        endpoint is null ? Admission.Refuse(CoapCode.BadRequest, "ep is missing") : Admission.Accept(default, endpoint);

    public ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters) =>
        ValueTask.FromResult(DeviceResolution.Accept(new DeviceId((UInt128)(ulong)Interlocked.Increment(ref _next))));
}

internal sealed class Events : IDeviceEvents
{
    public long Notifications;
    public long Sent;

    public void OnRegistered(Registration registration, Registration? replaced)
    {
    }

    public void OnUpdated(Registration registration, RegistrationChanges changes)
    {
    }

    public void OnRemoved(Registration registration, RemovalReason reason)
    {
    }

    public void OnNotification(Observation observation, in CoapMessage notification) => Notifications++;

    public void OnObservationEnded(Observation observation)
    {
    }

    public void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries) => Sent++;

    public void OnAwake(Registration registration)
    {
    }

    public void Commit()
    {
    }
}
