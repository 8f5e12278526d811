using System.Globalization;
using System.Text;

namespace Surety.Device;

/// <summary>Up to where measurements have been delivered.</summary>
/// <param name="Segment">The file.</param>
/// <param name="Offset">The first byte in it that has not.</param>
/// <param name="Dropped">Records that were dropped for want of room, since the buffer was made.</param>
internal readonly record struct MeasurementPosition(long Segment, long Offset, long Dropped)
{
    public byte[] Write() => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Segment} {Offset} {Dropped}\n"));

    /// <summary>Reads it; nothing and anything else is the beginning.</summary>
    public static MeasurementPosition Read(byte[]? text)
    {
        string[] parts = text is null ? [] : Encoding.ASCII.GetString(text).Trim().Split(' ');
        return parts.Length == 3 && Number(parts[0], out long segment) && Number(parts[1], out long offset) && Number(parts[2], out long dropped)
            ? new MeasurementPosition(segment, offset, dropped)
            : default;

        static bool Number(string part, out long number) => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
