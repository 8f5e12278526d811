namespace Surety.Console.Tests;

/// <summary>The pictures of README and docs, taken of the console as it is: <c>eng/screenshots.sh</c> puts them into docs/images.</summary>
public sealed class ScreenshotTests(DemoServer server, Chromium chromium)
{
    [Fact]
    public async Task The_directory_a_device_with_live_resources_and_the_dashboard_can_be_photographed()
    {
        await using Person person = await Person.OpenAsync(chromium, server.Process, height: 860);
        IPage page = (await person.SignInAsync("/devices")).Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "demo-thermometer" })).ToBeVisibleAsync();
        await TakeAsync(person, "devices");

        await person.GoAsync($"/devices/{await server.IdAsync("demo-thermometer")}/resources");
        ILocator temperature = page.GetByRole(AriaRole.Region, new() { Name = "Temperature /3303/0" });
        await temperature.GetByRole(AriaRole.Button, new() { Name = "Read", Exact = true }).ClickAsync();
        await Assertions.Expect(temperature).ToContainTextAsync("°C");
        await temperature.GetByRole(AriaRole.Button, new() { Name = "Observe", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Find a resource by name or path" }).FillAsync("/3303");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Device /3/0" })).ToHaveCountAsync(0);
        await page.EvaluateAsync("() => { document.activeElement.blur(); scrollTo(0, 0); }");
        await page.Mouse.MoveAsync(640, 850);
        await TakeAsync(person, "device");

        await page.GetByRole(AriaRole.Tab, new() { Name = "Live trace" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Watching" })).ToBeVisibleAsync();
        using (HttpClient client = server.Process.OpenClient())
        {
            foreach (string path in (string[])["3/0/0", "3/0/1", "3/0/2"])
                (await client.GetAsync($"/v2/endpoints/{await server.IdAsync("demo-thermometer")}/{path}")).Dispose();
        }

        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Live trace" }).GetByRole(AriaRole.Listitem).Nth(1)).ToBeVisibleAsync();
        await TakeAsync(person, "trace");

        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Dashboard" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "First steps" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main canvas").First).ToBeVisibleAsync();
        await person.ReadyAsync();
        await TakeAsync(person, "dashboard");
        Assert.Empty(person.Complaints);
    }

    private static async Task TakeAsync(Person person, string name)
    {
        string path = Path.Combine(SuretyProcess.Metadata("Screenshots"), $"{name}.png");
        await person.Page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        Assert.True(new FileInfo(path).Length > 10_000, path);
    }
}
