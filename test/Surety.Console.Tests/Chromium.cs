namespace Surety.Console.Tests;

/// <summary>The distribution's Chromium, driven by Playwright.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal IBrowser Browser => _browser!;

    public async ValueTask InitializeAsync()
    {
        string path = Places.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("Chromium is needed: apt-get install chromium");
        _playwright = await Playwright.CreateAsync();
        // Root has no sandbox; the machine's own pages are all that is opened.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
