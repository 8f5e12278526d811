using System.Collections.Concurrent;
using Surety.Server.Api;

namespace Surety.Server.Features.Users;

/// <summary>
/// Counts failed sign-ins, so that nobody can try passwords until one fits: by name and by address, over a quarter of an hour. It is bounded, and
/// it is not stored: a restart forgives.
/// </summary>
internal sealed class LoginLimits(TimeProvider time)
{
    private const int MaxFailuresOfName = 10;
    private const int MaxFailuresOfAddress = 100;
    private const int MaxEntries = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Entry> _failures = new(StringComparer.Ordinal);

    /// <exception cref="ApiException">400 without fields, which Pelion's clients take for this.</exception>
    public void Check(string name, string address)
    {
        if (Count(NameKey(name)) >= MaxFailuresOfName || Count(AddressKey(address)) >= MaxFailuresOfAddress)
            throw ApiException.Malformed($"Too many failed sign-ins. Try again in {Window.TotalMinutes:0} minutes.");
    }

    public void Failed(string name, string address)
    {
        Add(NameKey(name));
        Add(AddressKey(address));
    }

    public void Succeeded(string name) => _failures.TryRemove(NameKey(name), out _);

    private static string NameKey(string name) => "n:" + User.KeyOf(name);

    private static string AddressKey(string address) => "a:" + address;

    private int Count(string key) => _failures.TryGetValue(key, out var entry) && entry.Since > time.GetUtcNow() - Window ? entry.Count : 0;

    private void Add(string key)
    {
        var now = time.GetUtcNow();
        if (_failures.Count >= MaxEntries)
            Shrink(now);
        _failures.AddOrUpdate(key, _ => new Entry(now, 1), (_, entry) => entry.Since > now - Window ? entry with { Count = entry.Count + 1 } : new Entry(now, 1));
    }

    private void Shrink(DateTimeOffset now)
    {
        foreach (var (key, entry) in _failures)
        {
            if (entry.Since <= now - Window)
                _failures.TryRemove(key, out _);
        }

        // All of them new: the names are made up. What counts then is the address.
        foreach (var key in _failures.Keys.Where(key => key.StartsWith("n:", StringComparison.Ordinal)).Take(_failures.Count >= MaxEntries ? MaxEntries / 2 : 0))
            _failures.TryRemove(key, out _);
    }

    private readonly record struct Entry(DateTimeOffset Since, int Count);
}
