using Microsoft.Extensions.Logging;

namespace EnrolledDevice;

/// <summary>What the device does, a line each.</summary>
internal sealed class ConsoleLog : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Console.WriteLine($"{eventId.Id}: {formatter(state, exception)}{(exception is null ? "" : " " + exception)}");
    }
}
