using System.Text.RegularExpressions;

namespace Surety.Console.Tests;

/// <summary>Somebody in front of the console: a window, and what the browser had to complain of meanwhile.</summary>
internal sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Person(IBrowserContext context, IPage page, Uri server)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => Complain(message.Type == "error" && !IsAnswer(message.Text), $"console: {message.Text}");
        page.PageError += (_, error) => Complain(true, $"page: {error}");
        page.Request += (_, request) => Complain(new Uri(request.Url) is { Scheme: "http" or "https" } url && url.Authority != server.Authority, $"request to another server: {request.Url}");
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, violations of the page's policy, requests to anybody else.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    public static async Task<Person> OpenAsync(Chromium chromium, SuretyProcess server, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light, string language = "en-GB")
    {
        IBrowserContext context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = server.Url.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            Locale = language,
            TimezoneId = "Europe/Helsinki",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        return new Person(context, await context.NewPageAsync(), server.Url);
    }

    public async Task<Person> SignInAsync(string path = "/")
    {
        await Page.GotoAsync($"/console{path}");
        // Not by their names: the person may read another language.
        await Page.Locator("input[autocomplete=username]").FillAsync("admin@localhost");
        await Page.Locator("input[autocomplete=current-password]").FillAsync(DemoServer.Password);
        await Page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Banner).Locator("button[aria-haspopup=menu]")).ToBeVisibleAsync();
        await ReadyAsync();
        return this;
    }

    /// <summary>Goes to a page of the console: by its link where there is one, else by its address.</summary>
    public async Task GoAsync(string path)
    {
        ILocator link = Page.Locator($"a[href='/console{path}']:visible").First;
        if (await link.CountAsync() > 0)
            await link.ClickAsync();
        else
            await Page.GotoAsync($"/console{path}");
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape($"/console{path}") + "$"));
        await ReadyAsync();
    }

    /// <summary>Waits until the page is there and nothing on it says that it is waiting. What shows how far something is waits for nothing.</summary>
    public async Task ReadyAsync()
    {
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator("main [role=progressbar]:not([aria-valuenow])")).ToHaveCountAsync(0);
    }

    /// <summary>Presses Tab until what is named has the focus, as somebody without a mouse does.</summary>
    public async Task TabToAsync(string name)
    {
        for (int i = 0; i < 150; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<bool>("name => [document.activeElement.getAttribute('aria-label'), document.activeElement.innerText?.trim()].includes(name)", name))
                return;
        }

        Assert.Fail($"No key leads to '{name}'.");
    }

    public Task WindowAsync(int width, int height) => Page.SetViewportSizeAsync(width, height);

    public ValueTask DisposeAsync() => new(_context.CloseAsync());

    // The browser writes a line for each answer that is no success; what the console makes of it is on the page.
    private static bool IsAnswer(string text) => text.StartsWith("Failed to load resource", StringComparison.Ordinal);

    private void Complain(bool isFault, string what)
    {
        if (!isFault)
            return;
        lock (_complaints)
            _complaints.Add(what);
    }
}
