using Surety.Client;

// dotnet run --project samples/ReadAndObserve -- http://127.0.0.1:8080 data/admin.key demo-thermometer
if (args is not [string url, string keyFile, string endpointName])
{
    Console.Error.WriteLine("Usage: ReadAndObserve URL KEY-FILE ENDPOINT-NAME");
    return 1;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
await using var surety = new SuretyClient(new Uri(url), SuretyCredential.FromKey(await File.ReadAllTextAsync(keyFile)));
var named = new ListOptions { Filter = new Filter().Equal("endpoint_name", endpointName) };
try
{
    await foreach (Device device in surety.Devices.ListAsync(named, stop.Token))
    {
        ResourceValue manufacturer = await surety.Resources.ReadAsync(device.Id, "/3/0/0", cancellationToken: stop.Token);
        Console.WriteLine($"{device.EndpointName} ({device.Id}) is made by {manufacturer.As<string>()}. Ctrl-C ends.");
        await foreach (double celsius in surety.Resources.ObserveAsync<double>(device.Id, "/3303/0/5700", stop.Token))
            Console.WriteLine($"{celsius} degrees");
    }
}
catch (OperationCanceledException)
{
    // Ctrl-C.
}

return 0;
