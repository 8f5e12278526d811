using System.IO.Compression;

namespace Surety.Console.Tests;

/// <summary>What a browser has to load before somebody can work.</summary>
public sealed class ScriptTests(DemoServer server, Chromium chromium)
{
    // What draws charts comes when the page is there already.
    private const int Limit = 400 * 1024;

    [Fact]
    public async Task The_sign_in_and_the_dashboard_need_less_than_400_kB_of_compressed_script()
    {
        await using Person person = await Person.OpenAsync(chromium, server.Process);
        var scripts = new Dictionary<string, int>();
        var answers = new List<IResponse>();
        person.Page.Response += (_, response) =>
        {
            lock (answers)
                answers.Add(response);
        };
        await person.SignInAsync();
        IResponse[] loaded;
        lock (answers)
            loaded = [.. answers.Where(response => new Uri(response.Url).AbsolutePath is { } path && path.EndsWith(".js", StringComparison.Ordinal) && !path.Contains("/Chart-", StringComparison.Ordinal))];
        foreach (IResponse response in loaded)
            scripts[response.Url] = Compressed(await response.BodyAsync());

        Assert.NotEmpty(scripts);
        int sum = scripts.Values.Sum();
        Assert.True(sum < Limit, $"{sum} bytes:\n{string.Join('\n', scripts.OrderByDescending(script => script.Value).Select(script => $"{script.Value} {script.Key}"))}");
    }

    private static int Compressed(byte[] script)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(script);
        return (int)target.Length;
    }
}
