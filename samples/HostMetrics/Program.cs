using HostMetrics;
using Surety.Device;
using Surety.Lwm2m.Client;

// dotnet run --project samples/HostMetrics -- coap://127.0.0.1:5683
var host = new LinuxHost();
Share processor = new("CPU"), memory = new("Memory"), disk = new("Disk");
await using DeviceHost device = DeviceHost.CreateBuilder()
    .UseEndpointName(args.ElementAtOrDefault(1) ?? Environment.MachineName)
    .UseServer(args.ElementAtOrDefault(0) ?? "coap://127.0.0.1:5683")
    .Describe(new DeviceInformation { Manufacturer = "Surety", ModelNumber = "HostMetrics", FirmwareVersion = host.Kernel })
    .AddObject(host)
    .AddObject(processor)
    .AddObject(memory)
    .AddObject(disk)
    .Build();
device.Registered += server => Console.WriteLine($"Registered with {server.Uri}");
device.Lost += (server, problem) => Console.WriteLine($"{server.Uri}: {problem}");

// Memory Free and Memory Total are Resources of the Device Object, in kilobytes.
ObjectInstance about = device.Objects.Find(3)!.Find(0)!;
about[21] = Proc.Memory("MemTotal");
Measure(default);
using var stop = new CancellationTokenSource();
Task measuring = MeasureAsync(stop.Token);
await device.RunAsync();
await stop.CancelAsync();
await measuring;

async Task MeasureAsync(CancellationToken ended)
{
    try
    {
        while (true)
        {
            (long Busy, long Total) before = Proc.Processor();
            await Task.Delay(TimeSpan.FromSeconds(host.Period), ended);
            Measure(before);
        }
    }
    catch (OperationCanceledException)
    {
        // Told to end.
    }
}

void Measure((long Busy, long Total) before)
{
    (long busy, long total) = Proc.Processor();
    var root = new DriveInfo("/");
    processor.SensorValue = Percent(busy - before.Busy, total - before.Total);
    memory.SensorValue = Percent(Proc.Memory("MemTotal") - Proc.Memory("MemAvailable"), Proc.Memory("MemTotal"));
    disk.SensorValue = Percent(root.TotalSize - root.TotalFreeSpace, root.TotalSize);
    about[10] = Proc.Memory("MemAvailable");
}

static double Percent(double part, double whole) => whole <= 0 ? 0 : Math.Round(100 * part / whole, 1);
