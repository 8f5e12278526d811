namespace Surety.Server.Features.Enrollment;

/// <summary>
/// Notices one certificate at two places within a short time. It remembers in memory, the newest only: what it misses after a restart, the
/// next bootstrap of the clone shows. Safe to use from any thread.
/// </summary>
internal sealed class CloneWatch(TimeProvider time)
{
    /// <summary>Times that are closer than this are the same time: a device does not bootstrap, move, and bootstrap again so fast.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // Some 20 MB at most.
    private const int MaxCertificates = 50_000;

    private readonly Lock _lock = new();
    private Dictionary<string, Sighting> _current = [];
    private Dictionary<string, Sighting> _previous = [];
    private DateTimeOffset _turn = time.GetUtcNow();

    /// <summary>A device was seen.</summary>
    /// <param name="fingerprint">Of its certificate.</param>
    /// <param name="place">Where it is.</param>
    /// <returns>Where else it was shortly before; null: nowhere.</returns>
    public string? See(EnrollmentFingerprint fingerprint, string place)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (now - _turn > Window || _current.Count >= MaxCertificates)
            {
                _previous = now - _turn > 2 * Window ? [] : _current;
                _current = [];
                _turn = now;
            }

            var isKnown = _current.TryGetValue(fingerprint.Hex, out var before) || _previous.TryGetValue(fingerprint.Hex, out before);
            _current[fingerprint.Hex] = new Sighting(place, now);
            return isKnown && before.Place != place && now - before.At <= Window ? before.Place : null;
        }
    }

    private readonly record struct Sighting(string Place, DateTimeOffset At);
}
