using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

// SERVER-URL COAP-ADDRESS KEY-FILE PROCESS-ID DEVICES SECONDS: what a value costs from the datagram to the application, by sink.
var server = new Uri(args[0]);
var address = IPEndPoint.Parse(args[1]);
var key = File.ReadAllText(args[2]).Trim();
using var process = Process.GetProcessById(int.Parse(args[3], CultureInfo.InvariantCulture));
var count = int.Parse(args[4], CultureInfo.InvariantCulture);
var duration = TimeSpan.FromSeconds(int.Parse(args[5], CultureInfo.InvariantCulture));
int[] rates = [1000, 5000];

using var devices = new Devices(count, address, 20_000_000);
using var http = new HttpClient { BaseAddress = server };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
var clock = Stopwatch.StartNew();
devices.Register();
Console.WriteLine(Invariant($"{count} devices registered in {clock.Elapsed.TotalSeconds:0.0} s; server {Resident()} MiB"));
// Where code is compiled, and files grow to their size.
devices.Send(TimeSpan.FromSeconds(2), 0);

var nullSink = 0.0;
await MeasureAsync("null sink", null);
// Values that devices send by themselves, and nothing that would have to be observed.
await CallAsync(HttpMethod.Put, "/v2/subscriptions", "[{\"resource-path\":[\"/3303/0/57*\"]}]");

var webhook = new Receiver(devices);
var url = await webhook.ListenAsync();
await CallAsync(HttpMethod.Put, "/v2/notification/callback", $"{{\"url\":\"{url}\"}}");
await MeasureAsync("webhook", webhook);
await CallAsync(HttpMethod.Delete, "/v2/notification/callback", null);

var websocket = new Receiver(devices);
await CallAsync(HttpMethod.Put, "/v2/notification/websocket", null);
using (var socket = await Receiver.OpenAsync(server, key))
using (var stop = new CancellationTokenSource())
{
    var reading = websocket.ReadAsync(socket, stop.Token);
    await MeasureAsync("websocket", websocket);
    await stop.CancelAsync();
    await reading;
}

await CallAsync(HttpMethod.Delete, "/v2/notification/websocket", null);
await CallAsync(HttpMethod.Put, "/v2/notification/websocket", null);
using (await Receiver.OpenAsync(server, key))
{
    Console.WriteLine(Invariant($"a websocket that reads nothing: server {Resident()} MiB before"));
    for (var i = 1; i <= 4; i++)
    {
        var before = devices.Sent;
        devices.Send(duration, 0);
        Console.WriteLine(Invariant($"  after {i * duration.TotalSeconds:0} s, {devices.Sent - before} values more: server {Resident()} MiB"));
    }
}

await CallAsync(HttpMethod.Delete, "/v2/notification/websocket", null);
await CallAsync(HttpMethod.Delete, "/v2/subscriptions", null);

async Task MeasureAsync(string name, Receiver? receiver)
{
    var (sent, had, lost) = (devices.Sent, receiver?.Count ?? 0, devices.Lost);
    process.Refresh();
    var processor = process.TotalProcessorTime;
    var watch = Stopwatch.StartNew();
    devices.Send(duration, 0);
    var sending = watch.Elapsed;
    var values = devices.Sent - sent;
    await ArrivedAsync(receiver, had + values, watch);
    process.Refresh();
    var used = process.TotalProcessorTime - processor;
    var (cost, rate) = (used.TotalMicroseconds / values, Invariant($"{values / sending.TotalSeconds:0} acknowledged/s"));
    if (receiver is null)
        nullSink = cost;
    else
        rate += Invariant($", {(receiver.Count - had) / watch.Elapsed.TotalSeconds:0} delivered/s ({receiver.Count - had} of {values})");
    Console.WriteLine(Invariant($"{name}: full load, 64 at once: {rate}, {cost:0.0} us of server processor a value, {cost / nullSink:0.00} of the null sink, {devices.Lost - lost} lost, server {Resident()} MiB"));
    receiver?.TakeTimes();
    foreach (var perSecond in receiver is null ? [] : rates)
    {
        had = receiver!.Count;
        sent = devices.Sent;
        devices.Send(duration, perSecond);
        await ArrivedAsync(receiver, had + devices.Sent - sent, Stopwatch.StartNew());
        var times = receiver.TakeTimes();
        Console.WriteLine(Invariant(
            $"  {perSecond}/s: {times.Length} of {devices.Sent - sent} delivered, p50 {At(times, 0.5):0.00} ms, p99 {At(times, 0.99):0.00} ms, longest {At(times, 1):0.00} ms"));
    }
}

static async Task ArrivedAsync(Receiver? receiver, int wanted, Stopwatch watch)
{
    var limit = watch.Elapsed + TimeSpan.FromSeconds(10);
    while (receiver is not null && receiver.Count < wanted && watch.Elapsed < limit)
        await Task.Delay(1);
}

async Task CallAsync(HttpMethod method, string path, string? body)
{
    using var request = new HttpRequestMessage(method, path);
    if (body is not null)
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
    using var response = await http.SendAsync(request);
    if (!response.IsSuccessStatusCode)
        throw new InvalidOperationException($"{method} {path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
}

long Resident()
{
    process.Refresh();
    return process.WorkingSet64 / 1024 / 1024;
}

static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
