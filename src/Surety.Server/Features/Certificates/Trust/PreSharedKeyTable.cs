using System.Text;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// Pre-shared keys by their identity, still encrypted: about 150 bytes each. An identity is an endpoint name; it is one account's, or nobody could
/// tell from a handshake whose device it is.
/// </summary>
internal sealed class PreSharedKeyTable
{
    private readonly ShardedTable<Entry> _rows = new();

    public int Count => _rows.Count;

    public void Set(EntityId account, string endpointName, byte[] protectedSecret)
    {
        var identity = Encoding.UTF8.GetBytes(endpointName);
        _rows.Set(TrustKey.Of(identity), new Entry(account, identity, protectedSecret));
    }

    public bool Remove(string endpointName) => _rows.Remove(TrustKey.Of(Encoding.UTF8.GetBytes(endpointName)));

    public bool Contains(ReadOnlySpan<byte> identity) => _rows.Contains(TrustKey.Of(identity));

    /// <summary>Whose key it is.</summary>
    public bool TryFindOwner(ReadOnlySpan<byte> identity, out EntityId account, out string endpointName)
    {
        var isThere = _rows.TryGet(TrustKey.Of(identity), out var entry);
        account = entry.Account;
        endpointName = isThere ? Encoding.UTF8.GetString(entry.Identity) : "";
        return isThere;
    }

    /// <summary>The encrypted key.</summary>
    public bool TryFindSecret(ReadOnlySpan<byte> identity, out EntityId account, out byte[] protectedSecret)
    {
        var isThere = _rows.TryGet(TrustKey.Of(identity), out var entry);
        account = entry.Account;
        protectedSecret = entry.ProtectedSecret ?? [];
        return isThere;
    }

    public void TrimExcess() => _rows.TrimExcess();

    private readonly record struct Entry(EntityId Account, byte[] Identity, byte[] ProtectedSecret);
}
