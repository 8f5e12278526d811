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
    public async Task Without_a_mouse_a_device_is_found_and_written()
    {
        await using Person person = await Person.OpenAsync(chromium, server.Process);
        IPage page = (await person.SignInAsync()).Page;
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("demo-light");
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Name = "demo-light" }).First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("demo-light");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Write On/Off" })).ToBeVisibleAsync();
        await person.TabToAsync("Write On/Off");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Keyboard.TypeAsync("1");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("acknowledged by the device").First).ToBeVisibleAsync();
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task The_live_trace_shows_what_a_device_and_the_platform_say()
    {
        await using Person person = await Person.OpenAsync(chromium, server.Process);
        IPage page = (await person.SignInAsync($"/devices/{await server.IdAsync("demo-thermometer")}/trace")).Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Watching" })).ToBeVisibleAsync();
        // Nobody else reads it: for what was read a moment ago the device is not asked again.
        using (HttpClient client = server.Process.OpenClient())
            await client.GetAsync($"/v2/endpoints/{await server.IdAsync("demo-thermometer")}/1/0/1");
        ILocator lines = page.GetByRole(AriaRole.List, new() { Name = "Live trace" });
        await page.GetByLabel("Only messages with").FillAsync("/1/0/1 content");
        ILocator answer = lines.GetByRole(AriaRole.Listitem).First;
        await Assertions.Expect(answer).ToContainTextAsync("2.05 Content");
        await answer.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(answer).ToContainTextAsync("coaps");
        await Assertions.Expect(answer).ToContainTextAsync("DTLS 1.2, TLS_ECDHE_ECDSA_");
        Task<IDownload> download = page.WaitForDownloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as pcap" }).ClickAsync();
        byte[] capture = await File.ReadAllBytesAsync(await (await download).PathAsync());
        // The magic number of pcap files, and IPv4 with UDP in the first packet.
        Assert.Equal([0xd4, 0xc3, 0xb2, 0xa1], capture[..4]);
        Assert.Equal((0x45, 17), ((int)capture[40], (int)capture[49]));
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
