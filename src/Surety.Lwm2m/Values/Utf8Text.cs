using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Surety.Lwm2m;

/// <summary>Strict UTF-8: what is not valid is refused, never replaced.</summary>
internal static class Utf8Text
{
    public static bool TryDecode(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? text)
    {
        if (!Utf8.IsValid(utf8))
        {
            text = null;
            return false;
        }

        text = Encoding.UTF8.GetString(utf8);
        return true;
    }
}
