using Surety.Server.Features.Connect;
using Surety.Server.Features.Notifications;
using Surety.Server.Storage;

namespace Surety.Server.Features.Echo;

/// <summary>What has happened to one path of a device since it was written to the database.</summary>
internal sealed class EchoChange(EntityId account)
{
    public EntityId Account => account;

    /// <summary>The last value that the device has reported.</summary>
    public CachedValue? Reported { get; set; }

    public EchoDesire? Desired { get; set; }

    public EchoOutcome? Outcome { get; set; }

    /// <summary>Brings a row up to date; twice is as good as once.</summary>
    public void ApplyTo(EchoResource row)
    {
        if (Reported is { } reported && Stored(reported.ReceivedAt) is var at && !(row.ReportedAt > at))
        {
            row.Reported = reported.Payload.Length <= EchoLimits.MaxValue ? reported.Payload.ToArray() : null;
            row.ReportedType = reported.Format is { } format ? MediaTypes.NameOf(format) : null;
            row.ReportedAt = at;
            row.ExpiresAt = at + reported.MaxAge;
        }

        if (Desired is { } desired && !(row.DesiredAt >= desired.At))
        {
            row.Desired = desired.Value.ToArray();
            row.DesiredType = desired.Format is { } format ? MediaTypes.NameOf(format) : null;
            row.DesiredAt = desired.At;
            row.Status = EchoStatus.Pending;
            row.StatusUpdatedAt = desired.At;
            row.IsHeld = false;
        }

        if (Outcome is { } outcome && row.Status == EchoStatus.Pending && row.DesiredAt <= outcome.At && outcome.Value.Span.SequenceEqual(row.Desired))
        {
            row.Status = outcome.Status;
            row.StatusUpdatedAt = outcome.At;
            row.IsHeld = false;
        }
    }

    private static DateTimeOffset Stored(DateTimeOffset time) => Instant.FromMicroseconds(Instant.ToMicroseconds(time));
}
