using System.Text;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// Pre-shared keys by their identity, still encrypted: about 180 bytes each. An identity is an endpoint name; it is one account's, or nobody could
/// tell from a handshake whose device it is.
/// </summary>
internal sealed class PreSharedKeyTable
{
    private readonly AccountNumbers _accounts = new();
    private readonly ShardedTable<Entry> _rows = new();

    /// <param name="account">Whose key it is.</param>
    /// <param name="endpointName">At most 255 bytes.</param>
    /// <param name="protectedSecret">The encrypted key.</param>
    public void Set(EntityId account, string endpointName, ReadOnlySpan<byte> protectedSecret)
    {
        var identity = Encoding.UTF8.GetBytes(endpointName);
        // One array, since each costs 24 bytes by itself.
        _rows.Set(TrustKey.Of(identity), new Entry([(byte)identity.Length, .. identity, .. protectedSecret], _accounts.NumberOf(account)));
    }

    public bool Remove(string endpointName) => _rows.Remove(TrustKey.Of(Encoding.UTF8.GetBytes(endpointName)));

    public bool Contains(ReadOnlySpan<byte> identity) => _rows.Contains(TrustKey.Of(identity));

    /// <summary>Whose key it is.</summary>
    public bool TryFindOwner(ReadOnlySpan<byte> identity, out EntityId account, out string endpointName)
    {
        var isThere = _rows.TryGet(TrustKey.Of(identity), out var entry);
        account = isThere ? _accounts.AccountOf(entry.Account) : default;
        endpointName = isThere ? Encoding.UTF8.GetString(entry.Bytes.AsSpan(1, entry.Bytes[0])) : "";
        return isThere;
    }

    /// <summary>The encrypted key.</summary>
    public bool TryFindSecret(ReadOnlySpan<byte> identity, out EntityId account, out ReadOnlySpan<byte> protectedSecret)
    {
        var isThere = _rows.TryGet(TrustKey.Of(identity), out var entry);
        account = isThere ? _accounts.AccountOf(entry.Account) : default;
        protectedSecret = isThere ? entry.Bytes.AsSpan(1 + entry.Bytes[0]) : default;
        return isThere;
    }

    public void TrimExcess() => _rows.TrimExcess();

    /// <param name="Bytes">The length of the identity, the identity, the encrypted key.</param>
    /// <param name="Account">By <see cref="AccountNumbers"/>.</param>
    private readonly record struct Entry(byte[] Bytes, int Account);
}
