using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.Audit;

/// <summary>
/// Chains the entries of an account's log: the seal of an entry is HMAC-SHA-256 over the seal before it, its number and all that it says, each with
/// its length. The key comes of the file that protects the stored secrets, so who can write to the database alone cannot change, add, take out or
/// reorder entries unnoticed. Safe for concurrent use.
/// </summary>
internal sealed class AuditSeal(SecretProtector protector)
{
    /// <summary>Before the first entry.</summary>
    public static readonly byte[] Start = new byte[HMACSHA256.HashSizeInBytes];

    private readonly byte[] _key = protector.DeriveKey("audit log");

    /// <summary>32 bytes.</summary>
    public byte[] Of(byte[] previous, long sequence, AuditEntry entry)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        mac.AppendData(previous);
        Append(mac, sequence.ToString(CultureInfo.InvariantCulture));
        Append(mac, entry.AccountId.ToString());
        Append(mac, entry.Id.ToString());
        Append(mac, Instant.ToMicroseconds(entry.CreatedAt).ToString(CultureInfo.InvariantCulture));
        Append(mac, entry.ActorType.ToString());
        Append(mac, entry.ActorId?.ToString());
        Append(mac, entry.ActorName);
        Append(mac, entry.Action);
        Append(mac, entry.EntityType);
        Append(mac, entry.EntityId);
        Append(mac, entry.EntityName);
        Append(mac, entry.Count.ToString(CultureInfo.InvariantCulture));
        Append(mac, entry.Status?.ToString(CultureInfo.InvariantCulture));
        Append(mac, entry.Changes);
        Append(mac, entry.Address);
        Append(mac, entry.RequestId);
        return mac.GetHashAndReset();
    }

    private static void Append(IncrementalHash mac, string? text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        // Nothing is something else than an empty text.
        BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : bytes.Length);
        mac.AppendData(length);
        mac.AppendData(bytes);
    }
}
