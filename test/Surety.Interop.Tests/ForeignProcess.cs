using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Surety.Interop.Tests;

/// <summary>
/// A program of others as a child process: what it prints is kept, and neither it nor its children live longer than the test. A program that
/// is not installed fails the test and names the package that has it.
/// </summary>
internal sealed class ForeignProcess : IAsyncDisposable
{
    /// <summary>How long anything may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;
    private TaskCompletionSource _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ForeignProcess(Process process, string commandLine)
    {
        _process = process;
        CommandLine = commandLine;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>For messages, and to try by hand.</summary>
    public string CommandLine { get; }

    /// <summary>What it takes from its standard input.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>What it has printed so far, to standard output and error together.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its name, as in a shell.</param>
    /// <param name="package">The Debian package that has it.</param>
    /// <param name="arguments">Its arguments, each as it is.</param>
    public static ForeignProcess Start(string program, string package, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        string commandLine = program + " " + string.Join(' ', arguments);
        try
        {
            return new ForeignProcess(Process.Start(info)!, commandLine);
        }
        catch (Win32Exception e)
        {
            Assert.Fail($"{program} cannot be started ({e.Message}). Install it: apt-get install {package}");
            throw;
        }
    }

    /// <summary>Runs a program to its end, and fails when that does not come or it reports an error.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string program, string package, params string[] arguments)
    {
        await using ForeignProcess process = Start(program, package, arguments);
        process.Input.Close();
        int code = await process.WaitForExitAsync();
        Assert.True(code == 0, $"{process.CommandLine} ended with {code}:\n{process.Output}");
        return process.Output;
    }

    /// <summary>A TCP and UDP port of the loopback address, and as many behind it, that nobody uses at the moment.</summary>
    public static int FindFreePorts(int count = 1)
    {
        for (int attempt = 0; attempt < 100; attempt++)
        {
            using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            first.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            int port = ((IPEndPoint)first.LocalEndPoint!).Port;
            if (Enumerable.Range(port, count).All(candidate => (candidate == port || IsFree(candidate, SocketType.Stream)) && IsFree(candidate, SocketType.Dgram)))
                return port;
        }

        throw new InvalidOperationException("There are no free ports.");
    }

    /// <summary>Waits until it has printed a text; fails when it ends before.</summary>
    /// <returns>All that it has printed.</returns>
    public async Task<string> WaitForOutputAsync(string text, int occurrences = 1)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            Task printed = _printed.Task;
            if (Count(Output, text) >= occurrences)
                return Output;
            TimeSpan rest = Patience - Stopwatch.GetElapsedTime(start);
            bool goesOn = rest > TimeSpan.Zero && await Task.WhenAny(printed, _reading, Task.Delay(rest)) == printed;
            if (!goesOn && Count(Output, text) < occurrences)
                Assert.Fail($"{CommandLine} did not print '{text}' {occurrences} times:\n{Output}");
        }
    }

    /// <summary>Waits for its end, and kills it when that does not come.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            await _reading.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            Assert.Fail($"{CommandLine} did not end within {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s:\n{Output}");
        }

        return _process.ExitCode;
    }

    /// <summary>Asks it to end, as Ctrl+C does.</summary>
    public async Task InterruptAsync()
    {
        using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromSeconds(5)));
        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        char[] buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            lock (_output)
                _output.Append(buffer, 0, count);
            Interlocked.Exchange(ref _printed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    private static int Count(string text, string part)
    {
        int count = 0;
        for (int at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
            count++;
        return count;
    }

    private static bool IsFree(int port, SocketType type)
    {
        if (port > IPEndPoint.MaxPort)
            return false;
        using var socket = new Socket(AddressFamily.InterNetwork, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
