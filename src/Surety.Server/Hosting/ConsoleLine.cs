using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Surety.Server.Hosting;

/// <summary>
/// One short line an event: time, level, the class that speaks, message, the request it belongs to, and the type and text of an exception.
/// The stack follows for errors only. <c>Logging:Console:FormatterName=json</c> gives everything, for machines.
/// </summary>
internal sealed class ConsoleLine(TimeProvider time) : ConsoleFormatter(Name)
{
    public new const string Name = "line";

    // The host logs every failure to start with its stack, and SuretyHost says it again in words for the operator.
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";
    private const int HostFailedToStart = 11;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (logEntry.EventId.Id == HostFailedToStart && logEntry.Category == HostCategory)
            return;
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(time.GetUtcNow().ToString("HH:mm:ss.fff'Z '", System.Globalization.CultureInfo.InvariantCulture));
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write(logEntry.Category.AsSpan(logEntry.Category.LastIndexOf('.') + 1));
        textWriter.Write(": ");
        WriteLine(textWriter, message);
        scopeProvider?.ForEachScope(WriteRequestId, textWriter);
        if (logEntry.Exception is { } error)
        {
            textWriter.Write(" | ");
            if (logEntry.LogLevel >= LogLevel.Error)
                textWriter.Write(error.ToString());
            else
                WriteLine(textWriter, $"{error.GetType().Name}: {error.Message}");
        }

        textWriter.WriteLine();
    }

    private static void WriteRequestId(object? scope, TextWriter writer)
    {
        if (scope is Api.RequestScope request)
        {
            writer.Write(" request_id=");
            writer.Write(request.RequestId);
        }
    }

    // What comes from outside must not be able to begin a line of its own.
    private static void WriteLine(TextWriter writer, string text) => writer.Write(text.ReplaceLineEndings(" "));

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce ",
        LogLevel.Debug => "dbug ",
        LogLevel.Information => "info ",
        LogLevel.Warning => "WARN ",
        LogLevel.Error => "FAIL ",
        _ => "CRIT ",
    };
}
