using System.Globalization;
using System.Net;
using Surety.Coap;
using Surety.Testing;

namespace Surety.Interop.Tests.Coap;

/// <summary>Our server over UDP on a port of its own, and libcoap's client to speak to it.</summary>
internal sealed class UdpInteropFixture : IAsyncDisposable
{
    public const string Client = "coap-client-notls";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("surety-interop-");

    public UdpInteropFixture(CoapEndpointOptions? options = null) =>
        Server = UdpCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), Handler, options, Logger);

    public InteropHandler Handler { get; } = new();

    public ListLogger Logger { get; } = new();

    public UdpCoapEndpoint Server { get; }

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public async Task<string> WriteAsync(string name, byte[] bytes)
    {
        await File.WriteAllBytesAsync(PathOf(name), bytes, TestContext.Current.CancellationToken);
        return PathOf(name);
    }

    public Task<byte[]> ReadAsync(string name) => File.ReadAllBytesAsync(PathOf(name), TestContext.Current.CancellationToken);

    /// <summary>Runs the client to its end. It reports error responses as text, and ends with 0 all the same.</summary>
    public Task<string> RunAsync(string path, params string[] arguments) =>
        ForeignProcess.RunAsync(Client, TcpInteropFixture.Package, ["-B", "50", .. arguments, Uri(path)]);

    public ForeignProcess Start(string path, params string[] arguments) => ForeignProcess.Start(Client, TcpInteropFixture.Package, [.. arguments, Uri(path)]);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private string Uri(string path) => string.Create(CultureInfo.InvariantCulture, $"coap://127.0.0.1:{Server.LocalEndPoint.Port}{path}");
}
