using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>DTLS by the library that the client has it from: a program of ours over Mbed TLS, built by gcc once a run.</summary>
internal sealed class MbedTlsDatagrams : IPelionConnection
{
    private const string Mark = "message ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Lazy<Task<string>> Program = new(BuildAsync);

    private readonly Process _process;
    private readonly string _folder;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private MbedTlsDatagrams(Process process, string folder)
    {
        _process = process;
        _folder = folder;
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null)
                _lines.Writer.TryComplete();
            else
                _lines.Writer.TryWrite(e.Data);
        };
    }

    public bool IsReliable => false;

    public static async Task<MbedTlsDatagrams> ConnectAsync(int port, PelionIdentity identity)
    {
        string program = await Program.Value;
        string folder = Directory.CreateTempSubdirectory("surety-pelion-").FullName;
        string File(string name, string text)
        {
            string path = Path.Combine(folder, name);
            System.IO.File.WriteAllText(path, text);
            return path;
        }

        using ECDsa key = identity.Certificate.GetECDsaPrivateKey()!;
        string chain = identity.Certificate.ExportCertificatePem() + "\n" + string.Concat(identity.Intermediates.Select(c => c.ExportCertificatePem() + "\n"));
        var start = new ProcessStartInfo(
            program,
            [$"port={port.ToString(CultureInfo.InvariantCulture)}", "ca=" + File("ca.pem", identity.Authority.ExportCertificatePem() + "\n"), "cert=" + File("cert.pem", chain), "key=" + File("key.pem", key.ExportECPrivateKeyPem() + "\n")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var connection = new MbedTlsDatagrams(Process.Start(start)!, folder);
        connection._process.BeginOutputReadLine();
        string line = await connection.ReadLineAsync();
        if (line == "established TLS-ECDHE-ECDSA-WITH-AES-128-CCM-8")
            return connection;
        await connection.DisposeAsync();
        throw new IOException("There is no handshake with the server: " + line);
    }

    public async Task SendAsync(byte[] message)
    {
        await _process.StandardInput.WriteAsync(Convert.ToHexStringLower(message) + "\n");
        await _process.StandardInput.FlushAsync();
    }

    public async Task<byte[]> ReceiveAsync()
    {
        string line = await ReadLineAsync();
        return line.StartsWith(Mark, StringComparison.Ordinal) ? Convert.FromHexString(line.AsSpan(Mark.Length)) : throw new IOException(line);
    }

    public async ValueTask DisposeAsync()
    {
        // With its input it ends, and tells the server.
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended by itself.
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> ReadLineAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            return await _lines.Reader.ReadAsync(timeout.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            throw new IOException("Nothing comes from the server.", e);
        }
    }

    private static async Task<string> BuildAsync()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "interop", "pelion_dtls.c"), program = Path.ChangeExtension(source, null);
        var start = new ProcessStartInfo("gcc", ["-O1", "-Wall", source, "-o", program, "-lmbedtls", "-lmbedx509", "-lmbedcrypto"]) { RedirectStandardError = true };
        using Process compiler = Process.Start(start)!;
        string errors = await compiler.StandardError.ReadToEndAsync();
        await compiler.WaitForExitAsync();
        Assert.True(compiler.ExitCode == 0, "The program over Mbed TLS does not build; is it there (apt-get install gcc libc6-dev libmbedtls-dev)?\n" + errors);
        return program;
    }
}
