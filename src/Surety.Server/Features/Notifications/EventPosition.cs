using System.Globalization;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Notifications;

/// <summary>
/// Where an event lies, for applications: the same whenever it is delivered, greater for a later event, and never that of another channel of the
/// application.
/// </summary>
/// <param name="Epoch">The queue's.</param>
/// <param name="Position">In the queue's log.</param>
internal readonly record struct EventPosition(long Epoch, LogPosition Position)
{
    /// <summary>Hexadecimal digits: epoch, segment, offset.</summary>
    public const int TextLength = 12 + 8 + 8;

    /// <summary>Writes the digits.</summary>
    /// <param name="text">Of <see cref="TextLength"/>.</param>
    public void Format(Span<char> text)
    {
        Epoch.TryFormat(text, out _, "x12", CultureInfo.InvariantCulture);
        Position.Segment.TryFormat(text[12..], out _, "x8", CultureInfo.InvariantCulture);
        Position.Offset.TryFormat(text[20..], out _, "x8", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(TextLength, this, static (text, position) => position.Format(text));

    /// <summary>Reads what <see cref="ToString"/> wrote; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EventPosition position)
    {
        position = default;
        if (text.Length != TextLength
            || !long.TryParse(text[..12], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var epoch)
            || !int.TryParse(text[12..20], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var segment)
            || !int.TryParse(text[20..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var offset)
            || segment < 0 || offset < 0)
        {
            return false;
        }

        position = new EventPosition(epoch, new LogPosition(segment, offset));
        return true;
    }
}
