using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Features.Audit;

/// <summary>
/// Writes lines of the audit log about what is not in the database, such as requests to devices: those of many callers in one transaction, so that
/// each waits for little more than one. Safe for concurrent use.
/// </summary>
internal sealed partial class AuditJournal(SuretyDbFactory databases, AuditTrail trail, ILogger<AuditJournal> log) : BackgroundService
{
    private const int MaxWaiting = 10_000;
    private const int MaxBatch = 500;

    private readonly Channel<Line> _lines = Channel.CreateBounded<Line>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Returns when the line is stored.</summary>
    /// <exception cref="DbUpdateException">It could not be.</exception>
    public async Task WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _lines.Writer.WriteAsync(new Line(record, AuditScope.Actor, done), cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Has the line stored soon; for what has happened already and cannot wait.</summary>
    public void Post(AuditRecord record, AuditActor actor)
    {
        if (!_lines.Writer.TryWrite(new Line(record, actor, null)))
            LogLost(record.Action, record.EntityType, record.EntityId);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _lines.Writer.TryComplete();
        // Not cancelled but run out: what was posted is written.
        if (ExecuteTask is { } task)
            await task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Line>();
        while (await _lines.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < MaxBatch && _lines.Reader.TryRead(out var line))
                batch.Add(line);
            await WriteAsync(batch);
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<Line> batch)
    {
        try
        {
            await using var db = databases.OpenForPlatform();
            foreach (var line in batch)
                trail.Add(db, line.Record, line.Actor);
            await db.SaveChangesAsync(CancellationToken.None);
            foreach (var line in batch)
                line.Done?.TrySetResult();
        }
        catch (Exception error) when (error is DbException or DbUpdateException or InvalidOperationException)
        {
            LogFailed(error, batch.Count);
            foreach (var line in batch)
                line.Done?.TrySetException(error);
        }
    }

    [LoggerMessage(1771, LogLevel.Error, "{Count} lines of the audit log could not be written")]
    private partial void LogFailed(Exception error, int count);

    [LoggerMessage(1772, LogLevel.Error, "A line of the audit log was dropped, since too many wait: {Action} of {EntityType} {EntityId}")]
    private partial void LogLost(string action, string entityType, string? entityId);

    private readonly record struct Line(AuditRecord Record, AuditActor Actor, TaskCompletionSource? Done);
}
