using System.Globalization;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Connect;

namespace Surety.Server.Features.Certificates;

/// <summary>When a device can be told to renew, as far as one knows.</summary>
/// <param name="At">null: nobody knows.</param>
/// <param name="Wake">How it has woken so far; null: it was not seen to wake twice.</param>
/// <param name="Sleeps">It must wake first.</param>
/// <param name="IsGuess">Nothing is known of how it wakes, and it must.</param>
internal readonly record struct CampaignContact(DateTimeOffset? At, WakePattern? Wake, bool Sleeps, bool IsGuess)
{
    /// <summary>
    /// A device that always listens is told when its turn comes. One that sleeps (queue mode), or is not registered, is told at its next wake by the
    /// typical interval; when nothing is known, at the end of its registration's lifetime at the latest, or nobody knows when.
    /// </summary>
    /// <param name="registration">Where it is; null: it is not registered.</param>
    /// <param name="wake">How it has woken so far.</param>
    /// <param name="now">The time.</param>
    /// <param name="turn">When the campaign comes to it at its rate.</param>
    public static CampaignContact Of(Registration? registration, WakePattern? wake, DateTimeOffset now, DateTimeOffset turn)
    {
        if (registration is { QueueMode: false })
            return new(turn, wake, Sleeps: false, IsGuess: false);
        // One that is overdue may come at any time while it is registered; when that is over it is another one than it was.
        var expected = wake?.Expected is not { } due ? registration?.ExpiresAt : due > now ? due : registration is null ? null : turn;
        return new(expected > turn ? expected : expected is null ? null : turn, wake, Sleeps: true, IsGuess: wake is null);
    }

    /// <summary>Why the device will be late for the end of its certificate, for people; null: it will be in time.</summary>
    public string? FindReason(DateTimeOffset end, DateTimeOffset now)
    {
        if (end <= now)
            return "its certificate has ended";
        if (At is { } at && at <= end)
            return null;
        return (At, Wake) switch
        {
            (null, null) => "it is not registered, and nothing is known of how it wakes: it was not seen to come back yet",
            (null, { } wake) => Invariant($"it is not registered; it wakes every {Text(wake.Typical)}, and was expected {Text(now - wake.Expected)} ago"),
            ({ } late, null) when Sleeps => Invariant($"it sleeps, and nothing is known of how it wakes: at the end of its registration, {Text(late - end)} too late, at the latest"),
            ({ } late, { } wake) when Sleeps && late == wake.Expected =>
                Invariant($"it wakes every {Text(wake.Typical)} ({Text(wake.Longest)} at the longest), and is expected {Text(late - end)} too late"),
            var (late, _) => Invariant($"its turn comes {Text(late!.Value - end)} too late at the rate of the campaign"),
        };
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Text(TimeSpan span) => span.TotalHours < 48
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} hours")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days");
}
