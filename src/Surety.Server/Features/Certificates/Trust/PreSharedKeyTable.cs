using System.Text;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// Pre-shared keys by their identity, still encrypted: about 180 bytes each. An identity is one account's, or nobody could tell from a handshake whose
/// device it is: the endpoint name of a key that was uploaded, a random one of a key that the platform has given to a device.
/// </summary>
internal sealed class PreSharedKeyTable
{
    private readonly AccountNumbers _accounts = new();
    private readonly ShardedTable<Entry> _rows = new();

    /// <summary>A key that was uploaded.</summary>
    /// <param name="account">Whose key it is.</param>
    /// <param name="endpointName">At most 255 bytes.</param>
    /// <param name="protectedSecret">The encrypted key.</param>
    public void Set(EntityId account, string endpointName, ReadOnlySpan<byte> protectedSecret)
    {
        var identity = Encoding.UTF8.GetBytes(endpointName);
        // One array, since each costs 24 bytes by itself.
        _rows.Set(TrustKey.Of(identity), new Entry([(byte)identity.Length, .. identity, 0, 0, .. protectedSecret], _accounts.NumberOf(account)));
    }

    /// <summary>A key that the platform has given to a device, and that is worth nothing without the device's record.</summary>
    /// <param name="account">Whose device it is.</param>
    /// <param name="device">The device.</param>
    /// <param name="identity">The PSK identity, at most 255 bytes.</param>
    /// <param name="endpointName">The device's name.</param>
    /// <param name="protectedSecret">The encrypted key.</param>
    public void SetGiven(EntityId account, EntityId device, string identity, string endpointName, ReadOnlySpan<byte> protectedSecret)
    {
        var owner = new byte[EntityId.Size + Encoding.UTF8.GetByteCount(endpointName)];
        device.Write(owner);
        Encoding.UTF8.GetBytes(endpointName, owner.AsSpan(EntityId.Size));
        var name = Encoding.UTF8.GetBytes(identity);
        _rows.Set(TrustKey.Of(name), new Entry(
            [(byte)name.Length, .. name, (byte)(owner.Length >> 8), (byte)owner.Length, .. owner, .. protectedSecret], _accounts.NumberOf(account)));
    }

    public bool Remove(string identity) => _rows.Remove(TrustKey.Of(Encoding.UTF8.GetBytes(identity)));

    public bool Contains(ReadOnlySpan<byte> identity) => _rows.Contains(TrustKey.Of(identity));

    /// <summary>Whose key it is.</summary>
    /// <param name="identity">The PSK identity.</param>
    /// <param name="account">The account.</param>
    /// <param name="endpointName">The device's name.</param>
    /// <param name="device">The device that the platform has given the key to; none for a key that was uploaded.</param>
    public bool TryFindOwner(ReadOnlySpan<byte> identity, out EntityId account, out string endpointName, out EntityId device)
    {
        var isThere = _rows.TryGet(TrustKey.Of(identity), out var entry);
        account = isThere ? _accounts.AccountOf(entry.Account) : default;
        var owner = isThere ? entry.Owner : default;
        device = owner.IsEmpty ? default : EntityId.Read(owner[..EntityId.Size]);
        endpointName = Encoding.UTF8.GetString(owner.IsEmpty && isThere ? entry.Identity : owner.IsEmpty ? [] : owner[EntityId.Size..]);
        return isThere;
    }

    /// <summary>The encrypted key.</summary>
    public bool TryFindSecret(ReadOnlySpan<byte> identity, out EntityId account, out ReadOnlySpan<byte> protectedSecret)
    {
        var isThere = _rows.TryGet(TrustKey.Of(identity), out var entry);
        account = isThere ? _accounts.AccountOf(entry.Account) : default;
        protectedSecret = isThere ? entry.Secret : default;
        return isThere;
    }

    /// <summary>All identities of this moment, as <see cref="KeepOf"/> takes them.</summary>
    public HashSet<UInt128> Keys => _rows.Keys();

    /// <summary>Of what was there before, keeps these identities alone.</summary>
    /// <returns>True when one has gone.</returns>
    public bool KeepOf(HashSet<UInt128> before, IEnumerable<string> endpointNames)
    {
        before.ExceptWith(endpointNames.Select(name => TrustKey.Of(Encoding.UTF8.GetBytes(name))));
        foreach (var key in before)
            _rows.Remove(key);
        return before.Count > 0;
    }

    public void TrimExcess() => _rows.TrimExcess();

    /// <param name="Bytes">The length of the identity, the identity; the length of device and name, these; the encrypted key. Without device and name the identity is the name.</param>
    /// <param name="Account">By <see cref="AccountNumbers"/>.</param>
    private readonly record struct Entry(byte[] Bytes, int Account)
    {
        public ReadOnlySpan<byte> Identity => Bytes.AsSpan(1, Bytes[0]);

        public ReadOnlySpan<byte> Owner => Rest[2..(2 + OwnerLength)];

        public ReadOnlySpan<byte> Secret => Rest[(2 + OwnerLength)..];

        private ReadOnlySpan<byte> Rest => Bytes.AsSpan(1 + Bytes[0]);

        // Names have up to 255 characters.
        private int OwnerLength => (Rest[0] << 8) | Rest[1];
    }
}
