namespace Surety.Console.Tests;

/// <summary>A device in queue mode gets what was written when it wakes.</summary>
public sealed class SleepingDeviceTests(Chromium chromium)
{
    [Fact]
    public async Task A_write_to_a_device_that_sleeps_goes_from_queued_to_acknowledged_on_the_open_page()
    {
        int port = Ports.Free().Rest;
        await using SuretyProcess server = await DemoServer.StartAsync("--Surety:Lwm2m:CoapTcp", $"127.0.0.1:{port}");
        await using var device = new SleepyDevice(port);
        await device.WakeAsync("sleeper");
        using HttpClient client = server.OpenClient();
        string id = (string)(await DemoServer.DevicesAsync(client, "endpoint_name__eq=sleeper")).Single()!["id"]!;
        await device.SleepAsync();

        await using Person person = await Person.OpenAsync(chromium, server);
        IPage page = (await person.SignInAsync($"/devices/{id}")).Page;
        await Assertions.Expect(page.GetByText("Sleeps (queue mode)")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Find a resource by name or path" }).FillAsync("Lifetime");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write Lifetime" }).ClickAsync();
        await page.Keyboard.TypeAsync("600");
        await page.Keyboard.PressAsync("Enter");
        ILocator write = page.GetByRole(AriaRole.List, new() { Name = "Requests" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Write" });
        await Assertions.Expect(write).ToContainTextAsync("queued: the device gets it when it listens");
        await device.WakeAsync("sleeper");
        await Assertions.Expect(write).ToContainTextAsync("acknowledged by the device");
        Assert.Empty(person.Complaints);
    }
}
