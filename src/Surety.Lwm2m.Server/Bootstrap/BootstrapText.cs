using System.Globalization;
using System.Text;

namespace Surety.Lwm2m.Server;

/// <summary>What is written to devices, as text without secrets.</summary>
internal static class BootstrapText
{
    private const int MaxString = 300;

    // Of Security: URI, SMS number, SNI, secondary URIs, RDS application. All other texts of the objects that hold credentials may be one.
    private static readonly ushort[] PlainTexts = [0, 9, 14, 25, 30];

    public static string Describe(IReadOnlyList<ResourceEntry> entries)
    {
        var text = new StringBuilder();
        foreach (ResourceEntry entry in entries)
        {
            if (text.Length > 0)
                text.Append(", ");
            text.Append(entry.Path).Append(" = ").Append(Describe(entry));
        }

        return text.ToString();
    }

    private static string Describe(ResourceEntry entry)
    {
        switch (entry.Value.Type)
        {
            case ResourceType.Opaque:
                // Keys and certificates.
                int length = entry.Value.AsOpaque().Length;
                return length == 0 ? "(empty)" : string.Create(CultureInfo.InvariantCulture, $"({length} bytes)");
            case ResourceType.String or ResourceType.CoreLink:
                string text = entry.Value.ToString();
                if (IsSecret(entry.Path))
                    return string.Create(CultureInfo.InvariantCulture, $"({text.Length} characters)");
                return $"\"{(text.Length <= MaxString ? text : text[..MaxString] + "...")}\"";
            default:
                return entry.Value.ToString();
        }
    }

    private static bool IsSecret(Lwm2mPath path) => path.ObjectId switch
    {
        CoreObjects.Security => !PlainTexts.Contains(path.ResourceId),
        CoreObjects.MqttServer => true,
        ushort id => CoreObjects.IsSecret(id),
    };
}
