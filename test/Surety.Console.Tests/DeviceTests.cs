namespace Surety.Console.Tests;

/// <summary>What a person does with a device, and sees of it.</summary>
public sealed class DeviceTests(DemoServer server, Chromium chromium)
{
    [Fact]
    public async Task A_newcomer_signs_in_finds_a_device_reads_a_resource_and_observes_it_on_a_chart()
    {
        await using Person person = await Person.OpenAsync(chromium, server.Process);
        IPage page = (await person.SignInAsync()).Page;
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Devices", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Gridcell, new() { Name = "demo-thermometer" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("demo-thermometer");

        ILocator temperature = page.GetByRole(AriaRole.Region, new() { Name = "Temperature /3303/0" });
        await temperature.GetByRole(AriaRole.Button, new() { Name = "Read", Exact = true }).ClickAsync();
        await Assertions.Expect(temperature).ToContainTextAsync("Sensor Value");
        await Assertions.Expect(temperature).ToContainTextAsync("°C");
        await temperature.GetByRole(AriaRole.Button, new() { Name = "What can be done with Sensor Value" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Observe", Exact = true }).ClickAsync();
        await Assertions.Expect(temperature.GetByLabel("Observed: changes come by themselves")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Tab, new() { Name = "Data" }).ClickAsync();
        await Assertions.Expect(page.Locator("main canvas").First).ToBeVisibleAsync();
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task A_notification_is_on_the_screen_after_the_device_has_sent_it()
    {
        await using var fleet = new Fleet(server.Process.Ports.Coap);
        Assert.NotNull(await fleet.RegisterAsync("sleeper", queueMode: true));
        string id = await server.IdAsync("sleeper");
        await using Person person = await Person.OpenAsync(chromium, server.Process);
        IPage page = (await person.SignInAsync($"/devices/{id}")).Page;
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Find a resource by name or path" }).FillAsync("Sensor Value");
        ILocator temperature = page.GetByRole(AriaRole.Region, new() { Name = "Temperature /3303/0" });
        await temperature.GetByRole(AriaRole.Button, new() { Name = "What can be done with Sensor Value" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Observe", Exact = true }).ClickAsync();
        await Assertions.Expect(temperature.GetByLabel("Observed: changes come by themselves")).ToBeVisibleAsync();
        Assert.True(await fleet.NotifyAsync(fleet.Observers[0], "23.75"));
        await Assertions.Expect(temperature).ToContainTextAsync("23.75");
        Assert.Empty(person.Complaints);
    }
}
