using Microsoft.Extensions.Logging;
using Surety.Coap;

namespace Surety.Fuzz;

/// <summary>
/// Collects the exceptions that the code under test has caught and logged: a server must survive them, a fuzzer must not. Failures that a
/// peer can bring about by being silent or wrong are none.
/// </summary>
internal sealed class FaultLogger : ILogger
{
    private readonly Lock _lock = new();
    private readonly List<string> _faults = [];

    /// <summary>Exceptions that are meant to be caught.</summary>
    public Func<Exception, bool> IsExpected { get; init; } = static _ => false;

    public string[] Faults
    {
        get
        {
            lock (_lock)
                return [.. _faults];
        }
    }

    public void Add(string what, Exception fault)
    {
        if (fault is CoapException or CoapExchangeException or OperationCanceledException || IsExpected(fault))
            return;
        lock (_lock)
            _faults.Add($"{what}: {fault}");
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null)
            Add(formatter(state, exception), exception);
    }
}
