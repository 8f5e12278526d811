namespace Surety.Console.Tests;

/// <summary>The server is restarted under an open page.</summary>
public sealed class RestartTests(Chromium chromium)
{
    [Fact]
    public async Task An_open_page_goes_on_with_its_session_after_a_restart()
    {
        SuretyProcess first = await DemoServer.StartAsync();
        await using Person person = await Person.OpenAsync(chromium, first);
        IPage page = (await person.SignInAsync("/devices")).Page;
        ILocator live = page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Live" });
        await Assertions.Expect(live).ToBeVisibleAsync();
        await first.KillAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "No connection" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await using SuretyProcess second = await SuretyProcess.StartAsync(dataDirectory: first.DataDirectory, ports: first.Ports);
        await Assertions.Expect(live).ToBeVisibleAsync(new() { Timeout = 45_000 });
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Users" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "admin@localhost" }).First).ToBeVisibleAsync();
    }
}
