using EnrolledDevice;
using Surety.Device;
using Surety.Lwm2m.Client;

// A device as it leaves a factory: it knows its bootstrap server, and gets all else there. docs/device-identity.md tells what happens.
// With a developer certificate, which many devices share, it says itself who it is.
if (args is not [string bootstrapServer, string factoryCertificate, string factoryKey, string authority, string folder, .. { Length: <= 1 } rest])
{
    Console.Error.WriteLine("usage: EnrolledDevice coaps://host:5784 factory.pem factory.key ca.pem FOLDER [NAME]; then the line 'renew' renews the certificate");
    return 2;
}

// At a desk nobody waits for half a minute.
var retry = new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(4) };
DeviceHostBuilder builder = DeviceHost.CreateBuilder()
    .UseFactoryIdentity(factoryCertificate, factoryKey)
    .UseBootstrapServer(bootstrapServer)
    .UseIdentityStore(folder)
    .Trust(authority)
    .Describe(new DeviceInformation { Manufacturer = "Surety", ModelNumber = "EnrolledDevice" })
    .Add(new ObjectInstance(3303) { [5700] = 21.5, [5701] = "Cel" })
    .Configure(options => options with { Retry = retry, BootstrapRetry = retry })
    .LogTo(new ConsoleLog());
if (rest is [string name])
    builder.UseEndpointName(name);
await using DeviceHost device = builder.Build();
device.Registered += server => Console.WriteLine($"Registered with {server.Uri}");
// Reading from the console blocks.
_ = Task.Run(RenewOnDemandAsync);
await device.RunAsync();
return 0;

async Task RenewOnDemandAsync()
{
    while (await Console.In.ReadLineAsync() is { } line)
    {
        if (line != "renew")
            continue;
        try
        {
            await device.RenewCertificateAsync();
            Console.WriteLine("Renewed");
        }
        catch (Exception e) when (e is InvalidOperationException or Surety.Coap.CoapExchangeException or IOException)
        {
            Console.WriteLine($"Not renewed: {e.Message}");
        }
    }
}
