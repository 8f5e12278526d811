using Surety.Device;
using Surety.Lwm2m.Client;
using TemperatureSensor;

// dotnet run --project samples/TemperatureSensor -- coap://127.0.0.1:5683 thermometer /tmp/thermometer
string uri = args.ElementAtOrDefault(0) ?? "coap://127.0.0.1:5683";
string name = args.ElementAtOrDefault(1) ?? "thermometer";
string folder = args.ElementAtOrDefault(2) ?? Path.Combine(Path.GetTempPath(), name);

var temperature = new Temperature();
await using DeviceHost device = DeviceHost.CreateBuilder()
    .UseEndpointName(name)
    .UseServer(uri)
    .Describe(new DeviceInformation { Manufacturer = "Surety", ModelNumber = "TemperatureSensor" })
    .AddObject(temperature)
    .KeepMeasurements(folder)
    .Build();
device.Registered += server => Console.WriteLine($"Registered with {server.Uri}");
device.Lost += (server, problem) => Console.WriteLine($"{server.Uri}: {problem}; measurements are kept");
temperature.Take(21);
using var stop = new CancellationTokenSource();
Task measuring = MeasureAsync(stop.Token);
await device.RunAsync();
await stop.CancelAsync();
await measuring;

// Each value is on the disk before the next is taken. The server gets all of them with their times, those of an outage when it is over.
async Task MeasureAsync(CancellationToken ended)
{
    var random = new Random();
    using var period = new PeriodicTimer(TimeSpan.FromSeconds(1));
    try
    {
        do
        {
            temperature.Take(Math.Round(21 + random.NextDouble(), 1));
            await device.Measurements.RecordAsync(temperature, 5700);
        }
        while (await period.WaitForNextTickAsync(ended));
    }
    catch (OperationCanceledException)
    {
        // Told to end.
    }
}
