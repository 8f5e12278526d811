using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Surety.Console.Tests;

/// <summary>Every page that the navigation leads to, and those of a device: readable for everybody, on a phone, and alone with its server.</summary>
public sealed class PageTests(DemoServer server, Chromium chromium)
{
    private static readonly string[] Tabs = ["resources", "data", "events", "trace", "identity", "settings"];

    // What is code (names of fields, of resources) is marked as such.
    private const string TextsThatAreKeys = """
        () => {
          const isKey = text => /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/.test(text.trim());
          const found = new Set();
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (node.nodeType === Node.TEXT_NODE) {
              if (isKey(node.data) && !node.parentElement.closest('code, pre, script, style, [role=gridcell]')) found.add(node.data.trim());
            } else {
              for (const name of ['aria-label', 'title', 'placeholder']) if (isKey(node.getAttribute(name) ?? '')) found.add(`${name}: ${node.getAttribute(name)}`);
            }
          }
          return [...found];
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_page_is_accessible_fits_its_window_and_asks_nobody_else(ColorScheme scheme)
    {
        await using Person person = await Person.OpenAsync(chromium, server.Process, scheme: scheme);
        await person.SignInAsync();
        var faults = new List<string>();
        foreach (string path in await PathsAsync(person))
        {
            await person.WindowAsync(1280, 800);
            await person.GoAsync(path);
            faults.AddRange(await AccessibilityAsync(person, path));
            faults.AddRange(await OverflowAsync(person, path, 1280));
            await person.WindowAsync(390, 844);
            faults.AddRange(await OverflowAsync(person, path, 390));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(person.Complaints);
    }

    [Theory]
    [InlineData("en-GB", "en")]
    [InlineData("de-DE", "de")]
    public async Task Every_page_has_words_for_all_it_shows(string locale, string language)
    {
        await using Person person = await Person.OpenAsync(chromium, server.Process, language: locale);
        await person.SignInAsync();
        await Assertions.Expect(person.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        var faults = new List<string>();
        foreach (string path in await PathsAsync(person))
        {
            await person.GoAsync(path);
            // A text that is missing is shown as its key: words with dots between them, such as "resources.observed".
            string[] keys = await person.Page.EvaluateAsync<string[]>(TextsThatAreKeys);
            faults.AddRange(keys.Select(key => $"{path}: {key}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(person.Complaints);
    }

    private async Task<IReadOnlyList<string>> PathsAsync(Person person)
    {
        IReadOnlyList<ILocator> links = await person.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link).AllAsync();
        var paths = new List<string>();
        foreach (ILocator link in links)
            paths.Add((await link.GetAttributeAsync("href"))!["/console".Length..]);
        string device = await server.IdAsync("demo-thermometer");
        paths.AddRange(Tabs.Select(tab => $"/devices/{device}/{tab}"));
        Assert.True(paths.Count > 15, string.Join(' ', paths));
        return [.. paths.Distinct()];
    }

    private static async Task<IEnumerable<string>> AccessibilityAsync(Person person, string path)
    {
        AxeResult result = await person.Page.RunAxe();
        return result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{path}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}");
    }

    private static async Task<IEnumerable<string>> OverflowAsync(Person person, string path, int width)
    {
        // Tables measure the window a moment after it has changed.
        int needed = await person.Page.EvaluateAsync<int>("""
            async width => {
              const needed = () => document.documentElement.scrollWidth;
              for (let i = 0; i < 40 && needed() > width; i++) await new Promise(done => setTimeout(done, 50));
              return needed();
            }
            """, width);
        return needed > width ? [$"{path}: {needed} pixels wide in a window of {width}"] : [];
    }
}
