using Surety.Device;
using Surety.Lwm2m.Client;

var thermometer = new ObjectInstance(3303) { [5700] = 21.5, [5701] = "Cel" };
await using DeviceHost device = DeviceHost.CreateBuilder()
    .UseEndpointName("hello")
    .UseServer(args is [string uri, ..] ? uri : "coap://127.0.0.1:5683")
    .Describe(new DeviceInformation { Manufacturer = "Surety", ModelNumber = "HelloDevice" })
    .Add(thermometer)
    .Build();
device.Registered += server => Console.WriteLine($"Registered with {server.Uri}");
device.Lost += (server, problem) => Console.WriteLine($"{server.Uri}: {problem}");
var random = new Random();
await using var measuring = new Timer(_ => thermometer[5700] = Math.Round(21 + random.NextDouble(), 1), null, 0, 1000);
await device.RunAsync();
