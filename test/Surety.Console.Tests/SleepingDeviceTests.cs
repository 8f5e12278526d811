namespace Surety.Console.Tests;

/// <summary>A device in queue mode gets what was written when it wakes. After a restart of the server it sleeps until it is heard from.</summary>
public sealed class SleepingDeviceTests(Chromium chromium)
{
    [Fact]
    public async Task A_write_to_a_device_that_sleeps_goes_from_queued_to_acknowledged_on_the_open_page()
    {
        SuretyProcess first = await DemoServer.StartAsync();
        await using var fleet = new Fleet(first.Ports.Coap);
        string? location = await fleet.RegisterAsync("sleeper", queueMode: true);
        Assert.NotNull(location);
        await first.KillAsync();
        await using SuretyProcess second = await SuretyProcess.StartAsync(dataDirectory: first.DataDirectory, ports: first.Ports);
        using HttpClient client = second.OpenClient();
        string id = (string)(await DemoServer.DevicesAsync(client, "endpoint_name__eq=sleeper")).Single()!["id"]!;

        await using Person person = await Person.OpenAsync(chromium, second);
        IPage page = (await person.SignInAsync($"/devices/{id}")).Page;
        await Assertions.Expect(page.GetByText("Sleeps (queue mode)")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Find a resource by name or path" }).FillAsync("Lifetime");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write Lifetime" }).ClickAsync();
        await page.Keyboard.TypeAsync("600");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("queued: the device gets it when it listens")).ToBeVisibleAsync();
        await fleet.UpdateAsync(location);
        await Assertions.Expect(page.GetByText("acknowledged by the device")).ToBeVisibleAsync();
        Assert.Empty(person.Complaints);
    }
}
