namespace Surety.Console.Tests;

/// <summary>Signing out, sessions that end, filters that stay.</summary>
public sealed class SessionTests(DemoServer server, Chromium chromium)
{
    [Fact]
    public async Task Who_signs_out_is_signed_out_and_cannot_go_back()
    {
        await using Person person = await Person.OpenAsync(chromium, server.Process);
        IPage page = (await person.SignInAsync("/users")).Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Your account" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You are signed out.")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_words_and_the_fields_stay()
    {
        await using Person person = await Person.OpenAsync(chromium, server.Process);
        IPage page = person.Page;
        await page.GotoAsync("/console/");
        await page.GetByLabel("E-mail address or name").FillAsync("admin@localhost");
        await page.GetByLabel("Password").FillAsync("not the password");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This name and password do not go together.");
        await Assertions.Expect(page.GetByLabel("E-mail address or name")).ToHaveValueAsync("admin@localhost");
    }

    [Fact]
    public async Task A_session_that_ended_leads_to_the_sign_in_and_back_to_the_page()
    {
        await using Person person = await Person.OpenAsync(chromium, server.Process);
        IPage page = (await person.SignInAsync("/api-keys")).Page;
        // As an administrator ends it, from elsewhere.
        await page.EvaluateAsync("async () => { const { token } = JSON.parse(sessionStorage.getItem('surety.session')); await fetch('/auth/logout', { method: 'POST', headers: { authorization: `Bearer ${token}` } }); }");
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your session has ended.")).ToBeVisibleAsync();
        await page.GetByLabel("E-mail address or name").FillAsync("admin@localhost");
        await page.GetByLabel("Password").FillAsync(DemoServer.Password);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Users");
    }

    [Fact]
    public async Task Filters_are_in_the_address_and_survive_a_reload()
    {
        await using Person person = await Person.OpenAsync(chromium, server.Process);
        IPage page = (await person.SignInAsync("/devices")).Page;
        ILocator filter = page.GetByRole(AriaRole.Textbox, new() { Name = "Filter" });
        await filter.FillAsync("endpoint_name=demo-door");
        await filter.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "demo-door" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "demo-meter" })).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "demo-door" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "demo-meter" })).ToHaveCountAsync(0);
    }
}
