using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Surety.Testing;

/// <summary>Keeps what is logged, as <c>Warning 1113: ...</c>.</summary>
public sealed class ListLogger : ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Lines.Enqueue($"{logLevel} {eventId.Id}: {formatter(state, exception)}");
    }
}
