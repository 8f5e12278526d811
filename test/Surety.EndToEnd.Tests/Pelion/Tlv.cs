namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>OMA-TLV (LwM2M 1.0.2, 6.4.3), as far as a device reads it at its bootstrap.</summary>
internal static class Tlv
{
    /// <summary>The values of one level, by their ids.</summary>
    public static Dictionary<int, byte[]> Read(ReadOnlySpan<byte> tlv)
    {
        var values = new Dictionary<int, byte[]>();
        while (!tlv.IsEmpty)
        {
            int type = tlv[0], idLength = (type & 0x20) != 0 ? 2 : 1, lengthLength = type >> 3 & 3;
            int id = Number(tlv.Slice(1, idLength));
            int length = lengthLength == 0 ? type & 7 : Number(tlv.Slice(1 + idLength, lengthLength));
            tlv = tlv[(1 + idLength + lengthLength)..];
            values.Add(id, tlv[..length].ToArray());
            tlv = tlv[length..];
        }

        return values;
    }

    private static int Number(ReadOnlySpan<byte> bytes)
    {
        int number = 0;
        foreach (byte one in bytes)
            number = number << 8 | one;
        return number;
    }
}
