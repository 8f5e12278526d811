using System.Diagnostics;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;

namespace Surety.EndToEnd.Tests;

/// <summary>The server as a user starts it: a process, its ports, its data directory, its output.</summary>
internal sealed class SuretyProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SuretyProcess(string dataDirectory, Ports ports, Process process)
    {
        DataDirectory = dataDirectory;
        Ports = ports;
        _process = process;
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
    }

    public string DataDirectory { get; }

    public Ports Ports { get; }

    public Uri Url => new($"http://127.0.0.1:{Ports.Rest}");

    public string Key => File.ReadAllText(Path.Combine(DataDirectory, "admin.key")).Trim();

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static string Metadata(string key) =>
        typeof(SuretyProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    /// <summary>Starts a server, with a new data directory and free ports unless others are given.</summary>
    public static async Task<SuretyProcess> StartAsync(string[]? arguments = null, string? dataDirectory = null, Ports? ports = null)
    {
        dataDirectory ??= Directory.CreateTempSubdirectory("surety-e2e-").FullName;
        ports ??= Ports.Free();
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Metadata("SuretyServer"), "--Urls", $"http://127.0.0.1:{ports.Rest}", "--Surety:DataDirectory", dataDirectory,
                "--Surety:Lwm2m:CoapsTcp", $"127.0.0.1:{ports.CoapsTcp}", "--Surety:Lwm2m:Coaps", $"127.0.0.1:{ports.Coaps}", "--Surety:Lwm2m:Coap", $"127.0.0.1:{ports.Coap}",
                "--Surety:Bootstrap:CoapsTcp", $"127.0.0.1:{ports.BootstrapCoapsTcp}", "--Surety:Bootstrap:Coaps", $"127.0.0.1:{ports.BootstrapCoaps}",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataDirectory,
        };
        foreach (string argument in arguments ?? [])
            start.ArgumentList.Add(argument);
        var server = new SuretyProcess(dataDirectory, ports, new Process { StartInfo = start, EnableRaisingEvents = true });
        server._process.Exited += (_, _) => server._started.TrySetException(new InvalidOperationException($"The server ended:\n{server.Output}"));
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        await server._started.Task.WaitAsync(StartTimeout);
        return server;
    }

    /// <summary>The REST API with the administrator's key.</summary>
    public HttpClient OpenClient() => new()
    {
        BaseAddress = Url,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) },
    };

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await kill.WaitForExitAsync();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        if (Directory.Exists(DataDirectory))
            Directory.Delete(DataDirectory, recursive: true);
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        // The line that is printed last, when everything listens.
        if (line.Contains("REST API", StringComparison.Ordinal))
            _started.TrySetResult();
    }
}
