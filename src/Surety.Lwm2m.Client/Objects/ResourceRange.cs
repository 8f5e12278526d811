using System.Globalization;
using System.Text;

namespace Surety.Lwm2m.Client;

/// <summary>The range in a Resource's definition, as far as it is written in a form that a machine can read: <c>0..100</c>, <c>0-100</c> (LwM2M Core, D.1).</summary>
internal static class ResourceRange
{
    /// <summary>Whether a value is within the range of its definition; of text and octets the range means the length in octets.</summary>
    public static bool Contains(ResourceModel model, ResourceValue value)
    {
        if (model.Range.Length == 0 || !TryParse(model.Range, out double least, out double most, out bool isStrict))
            return true;
        if (value.TryGetNumber(out double number))
            return number >= least && number <= most;
        // The dash is used for other things as well in the definitions of texts.
        return !isStrict || value.Type switch
        {
            ResourceType.String => Length(Encoding.UTF8.GetByteCount(value.AsString()), least, most),
            ResourceType.Opaque => Length(value.AsOpaque().Length, least, most),
            _ => true,
        };
    }

    private static bool Length(int length, double least, double most) => length >= least && length <= most;

    private static bool TryParse(ReadOnlySpan<char> text, out double least, out double most, out bool isStrict)
    {
        least = most = 0;
        text = text.Trim();
        int separator = text.IndexOf("..", StringComparison.Ordinal);
        isStrict = separator > 0;
        int width = 2;
        if (!isStrict)
        {
            // The first character may be the sign of the lower limit.
            separator = text.Length < 2 ? -1 : text[1..].IndexOf('-') + 1;
            width = 1;
        }

        return separator > 0 && TryParse(text[..separator], out least) && TryParse(text[(separator + width)..], out most) && least <= most;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
