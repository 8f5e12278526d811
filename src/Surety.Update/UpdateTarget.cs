using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Surety.Update;

/// <summary>
/// Names of vendors and of device classes: UUIDs that follow from names (RFC 9562, 5.5). Pelion's manifests and SUIT's derive them alike, so that a
/// device has one pair for both.
/// </summary>
public static class UpdateTarget
{
    // RFC 9562, 6.6: the name space of domain names.
    private static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    /// <summary>The vendor that a domain belongs to.</summary>
    /// <param name="domain">Such as <c>acme.example</c>.</param>
    public static Guid VendorOf(string domain) => NameBased(Dns, domain);

    /// <summary>A class of a vendor's devices.</summary>
    /// <param name="vendor">The vendor.</param>
    /// <param name="model">The model's name.</param>
    public static Guid ClassOf(Guid vendor, string model) => NameBased(vendor, model);

    /// <summary>The 16 bytes as they are sent: most significant first.</summary>
    public static byte[] ToBytes(Guid id) => id.ToByteArray(bigEndian: true);

    /// <summary>Reads 16 bytes as they are sent.</summary>
    public static Guid FromBytes(ReadOnlySpan<byte> id) => new(id, bigEndian: true);

    private static Guid NameBased(Guid nameSpace, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
#pragma warning disable CA5350, RS0030 // It is how RFC 9562 makes a version 5 of a name; nothing is protected by it.
        byte[] hash = SHA1.HashData([.. nameSpace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
#pragma warning restore CA5350, RS0030
        Span<byte> id = hash.AsSpan(0, 16);
        BinaryPrimitives.WriteUInt16BigEndian(id[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(id[6..]) & 0x0fff) | 0x5000));
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
