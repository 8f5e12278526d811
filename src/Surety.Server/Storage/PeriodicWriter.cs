using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Surety.Server.Storage;

/// <summary>
/// Writes what was gathered in memory, never on the way of a request or a datagram: once in a period, and when the server stops. What a write has not
/// brought into the database its writer keeps, and the next one tries again.
/// </summary>
internal abstract class PeriodicWriter(TimeSpan period, TimeProvider time) : BackgroundService
{
    /// <summary>Writes what is left. A server that did not come to start is not stopped either, and has nothing.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync(CancellationToken.None);
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryWriteAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The end: what is left is written when this has stopped.
        }
    }

    /// <summary>Writes what has been gathered since the last call. One call at a time.</summary>
    protected abstract Task WriteAsync(CancellationToken cancellationToken);

    /// <summary>It could not be written.</summary>
    protected abstract void OnNotWritten(Exception error);

    private async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
        }
        // EF Core has an InvalidOperationException around what it takes for passing, such as too many connections.
        catch (Exception error) when (error is DbException or DbUpdateException or InvalidOperationException)
        {
            OnNotWritten(error);
        }
    }
}
