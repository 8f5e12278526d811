using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Surety.Server.Tests.Cluster;

[assembly: AssemblyFixture(typeof(RedisServer))]

namespace Surety.Server.Tests.Cluster;

/// <summary>A Redis of the tests' own on a free port, which keeps nothing; started when the first test asks for it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Missing = "Redis 6.2 or later is not installed; these tests need it: apt-get install redis-server";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly int _port = FreePort();
    private Process? _process;

    public string ConnectionString => $"127.0.0.1:{_port}";

    /// <summary>Starts it, if it does not run; what it had before is gone.</summary>
    public async Task StartAsync()
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_process is not null)
                return;
            _process = Process.Start(new ProcessStartInfo(
                Find(), ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning", "--logfile", "/dev/null", "--dir", Path.GetTempPath()]))!;
            while (!await AnswersAsync())
            {
                Assert.False(_process.HasExited, "redis-server has ended");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends it as a failure of its machine would.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _gate.Dispose();
    }

    private static string Find()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin").Select(directory => Path.Combine(directory, "redis-server"));
        return path.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(Missing);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _port, TestContext.Current.CancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            var answer = new byte[7];
            await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
            return Encoding.ASCII.GetString(answer) == "+PONG\r\n";
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
