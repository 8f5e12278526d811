using Surety.Server.Storage;

namespace Surety.Server.Features.DeviceEvents;

/// <summary>Writes events once a second; deletes old ones once an hour.</summary>
internal sealed partial class DeviceEventWriter(DeviceEventService events, TimeProvider time, ILogger<DeviceEventWriter> log) : PeriodicWriter(TimeSpan.FromSeconds(1), time)
{
    private const int WritesPerCleaning = 3600;

    private int _writes;

    protected override async Task WriteAsync(CancellationToken cancellationToken)
    {
        await events.WriteAsync(cancellationToken);
        if (_writes++ % WritesPerCleaning == 0)
            await events.DeleteOldAsync(cancellationToken);
    }

    protected override void OnNotWritten(Exception error) => LogFailed(error);

    [LoggerMessage(1712, LogLevel.Error, "Device events could not be written; it is tried again")]
    private partial void LogFailed(Exception exception);
}
