using System.Diagnostics.CodeAnalysis;

namespace Surety.Lwm2m.Server;

/// <summary>
/// Object lists by their payload: devices of one kind register the same bytes, so that they are parsed once and kept once. Bounded; thread-safe.
/// </summary>
internal sealed class LinksCache
{
    // Kinds of devices, and what their lists take: whoever registers ever new and long ones fills no memory here.
    private const int Capacity = 4096;
    private const long MaxBytes = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], SharedLinks> _lists = new(PayloadComparer.Instance);
    private readonly Dictionary<byte[], SharedLinks>.AlternateLookup<ReadOnlySpan<byte>> _byPayload;
    private long _bytes;

    public LinksCache() => _byPayload = _lists.GetAlternateLookup<ReadOnlySpan<byte>>();

    public bool TryGet(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out SharedLinks? links, [NotNullWhen(false)] out string? reason)
    {
        reason = null;
        lock (_lock)
        {
            if (_byPayload.TryGetValue(payload, out links))
                return true;
        }

        if (!RegistrationLinks.TryParse(payload, out RegistrationLinks? parsed, out reason))
            return false;
        links = new SharedLinks(parsed, payload.ToArray());
        lock (_lock)
        {
            if (_byPayload.TryGetValue(payload, out SharedLinks? other))
            {
                links = other;
                return true;
            }

            // Whoever is registered keeps its list; what is lost here is sharing with those to come.
            _bytes += payload.Length;
            if (_lists.Count >= Capacity || _bytes > MaxBytes)
            {
                _lists.Clear();
                _bytes = payload.Length;
            }

            _lists.Add(links.Payload, links);
        }

        return true;
    }

    private sealed class PayloadComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly PayloadComparer Instance = new();

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> bytes)
        {
            // Seeded per process, so that nobody can choose lists that collide.
            HashCode hash = default;
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }
    }
}
