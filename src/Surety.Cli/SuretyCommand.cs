using System.CommandLine;
using System.Security.Cryptography;
using Surety.Client;
using Surety.Pki;

namespace Surety.Cli;

/// <summary><c>surety</c>. Its exit codes are in docs/cli.md: <see cref="ExitCode"/>; 1 is called wrongly. The reason is on standard error.</summary>
internal static class SuretyCommand
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, TimeProvider time)
    {
        var root = new RootCommand("Surety's command line. Exit codes: 0 done, 1 called wrongly, 2 refused or failed, 3 not signed in or not allowed, 4 not found, 5 device not reached, 6 server not reached, 130 Ctrl-C.")
        {
            LoginCommand.Create(output), LoginCommand.CreateLogout(output), DeviceCommands.Create(output), ResourceCommands.Create(output), ResourceCommands.CreateSubscriptions(output),
            AccountCommands.Keys(output), ApplicationCommands.Create(output), AccountCommands.Users(output), AccountCommands.Certificates(output), AccountCommands.Enrollments(output, error, time), LogCommands.Events(output),
            LogCommands.Audit(output), GroupCommands.Devices(output), GroupCommands.Policies(output), GroupCommands.Queries(output), EchoCommands.Create(output),
            CaCommands.Create(output, time), FactoryCommands.Create(output, time), CompletionCommand.Create(output),
        };
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or FactoryException or ArgumentException or FormatException or InvalidDataException
            or SuretyException or NotSignedInException or NoSuchDeviceException or HttpRequestException or TimeoutException or OperationCanceledException)
        {
            if (e is not OperationCanceledException)
                error.WriteLine(ExitCode.Describe(e));
            return ExitCode.Of(e);
        }
    }
}
