namespace Surety.Server.Hosting;

/// <summary>Checks ASP.NET's key <c>Urls</c> before Kestrel does, which would end with a stack trace.</summary>
internal static class RestAddresses
{
    /// <exception cref="StartupException">A part of <c>Urls</c> is not an address to listen on.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var url in (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsAddress(url))
                throw new StartupException($"Urls: '{url}' is not an address to listen on; write for example {DefaultConfiguration.Urls}.");
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            // Kestrel takes what it cannot read as a port for a part of the host, and the host for any address.
            var named = url.Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal);
            return Uri.TryCreate(named, UriKind.Absolute, out _)
                && address is { Scheme: "http" or "https", PathBase.Length: 0, Port: >= 0 and <= ushort.MaxValue };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
