using Surety.Client;

namespace Surety.Cli;

/// <summary>What a command ends with. (docs/cli.md)</summary>
internal static class ExitCode
{
    public const int Failed = 2, NotAllowed = 3, NotFound = 4, DeviceUnreachable = 5, NoServer = 6, Interrupted = 130;

    public static int Of(Exception e) => e switch
    {
        OperationCanceledException => Interrupted,
        NotSignedInException => NotAllowed,
        DeviceRequestException { IsUnreachable: true } => DeviceUnreachable,
        SuretyException { Code: 401 or 403 } => NotAllowed,
        SuretyException { Code: 404 } => NotFound,
        NoSuchDeviceException => NotFound,
        HttpRequestException or TimeoutException => NoServer,
        _ => Failed,
    };

    /// <summary>What happened, and what to do.</summary>
    public static string Describe(Exception e) => e switch
    {
        SuretyException { Code: 401 } => $"{e.Message}\nCall 'surety login' again, or set SURETY_KEY.",
        SuretyException { RequestId: { } id } => $"{e.Message}\nThe server's log has it under request id {id}.",
        HttpRequestException => $"The server does not answer: {e.Message}\nIs it running, and is the URL right? 'surety login URL' sets another.",
        _ => e.Message,
    };
}
