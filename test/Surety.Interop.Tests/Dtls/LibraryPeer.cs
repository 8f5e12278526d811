using System.Collections.Concurrent;
using System.Globalization;

namespace Surety.Interop.Tests.Dtls;

/// <summary>Programs of ours in C, in <c>test/interop</c>, over DTLS libraries of others; built by gcc, once a run.</summary>
internal static class LibraryPeer
{
    public const string MbedTls = "mbedtls";
    public const string WolfSsl = "wolfssl";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Built = new();

    public static async Task<ForeignProcess> StartClientAsync(string library, int port, params string[] options) => await StartAsync(library, "client", port, options);

    public static async Task<ForeignProcess> StartServerAsync(string library, int port, params string[] options)
    {
        ForeignProcess server = await StartAsync(library, "server", port, options);
        await server.WaitForOutputAsync("listening");
        return server;
    }

    /// <summary>Has it send a line, or do what the line says.</summary>
    public static async Task TellAsync(this ForeignProcess process, string line)
    {
        await process.Input.WriteAsync(line + "\n");
        await process.Input.FlushAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<ForeignProcess> StartAsync(string library, string role, int port, string[] options)
    {
        string program = await Built.GetOrAdd(library, name => new Lazy<Task<string>>(() => BuildAsync(name))).Value;
        return ForeignProcess.Start(program, "gcc", ["role=" + role, "port=" + port.ToString(CultureInfo.InvariantCulture), .. options]);
    }

    private static async Task<string> BuildAsync(string library)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "interop", library + "_peer");
        string[] libraries = library == MbedTls ? ["-lmbedtls", "-lmbedx509", "-lmbedcrypto"] : ["-lwolfssl"];
        await using ForeignProcess compiler = ForeignProcess.Start("gcc", "gcc libc6-dev", ["-O1", "-Wall", program + ".c", "-o", program, .. libraries]);
        int code = await compiler.WaitForExitAsync();
        Assert.True(code == 0, $"The program over {library} does not build; is its library there (apt-get install lib{library}-dev)?\n{compiler.Output}");
        return program;
    }
}
