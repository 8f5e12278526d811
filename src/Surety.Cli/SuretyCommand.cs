using System.CommandLine;
using System.Security.Cryptography;
using Surety.Pki;

namespace Surety.Cli;

/// <summary><c>surety</c>. Exit codes: 0 done, 1 called wrongly, 2 refused or failed, with the reason on standard error.</summary>
internal static class SuretyCommand
{
    public const int Failed = 2;

    public static int Run(string[] args, TextWriter output, TextWriter error, TimeProvider time)
    {
        var root = new RootCommand("Surety's command line. Exit codes: 0 done, 1 called wrongly, 2 refused or failed.") { CaCommands.Create(output, time), FactoryCommands.Create(output, time) };
        try
        {
            return root.Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or FactoryException or ArgumentException or FormatException or InvalidDataException)
        {
            error.WriteLine(e.Message);
            return Failed;
        }
    }
}
