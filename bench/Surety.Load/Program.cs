using System.Net;
using Surety.Coap;

var router = new CoapRouter();
router.Map("/hello").On(CoapCode.Get, (ref IncomingRequest request) =>
{
    ref CoapMessageWriter response = ref request.Respond(CoapCode.Content);
    response.ContentFormat(ContentFormat.TextPlain);
    response.Payload("hello"u8);
});
await using var endpoint = UdpCoapEndpoint.Open(IPEndPoint.Parse(args[0]), router);
Console.WriteLine("ready");
var done = new TaskCompletionSource();
using var term = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, c => { c.Cancel = true; done.TrySetResult(); });
await done.Task;
Console.WriteLine($"received {endpoint.Statistics.Received} duplicates {endpoint.Statistics.Duplicates} allocated {GC.GetTotalAllocatedBytes()}");
