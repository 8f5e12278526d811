using System.Globalization;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m;

/// <summary>A link of a registration's object list, as applications see it: with what <see cref="RegistrationLinks"/> leaves out, since no protocol needs it.</summary>
/// <param name="Path">Its target from the device's root on, <c>/3/0</c>; it need not be a path of LwM2M.</param>
/// <param name="ResourceTypes"><c>rt</c>, separated by blanks; null without.</param>
/// <param name="Interfaces"><c>if</c>, separated by blanks; null without.</param>
/// <param name="ContentFormats"><c>ct</c>, numbers separated by blanks; null without.</param>
/// <param name="IsObservable">It says so (<c>obs</c>), or is an instance or below one: these can be observed whether they say so or not.</param>
public sealed record RegisteredLink(string Path, string? ResourceTypes, string? Interfaces, string? ContentFormats, bool IsObservable)
{
    /// <summary>
    /// The number in <c>aobs</c>, by which Pelion's device client reports the resource without having been asked: the token of its notifications, in two
    /// bytes. Null without.
    /// </summary>
    public ushort? ReportToken { get; init; }

    /// <summary><c>v</c>: the value at the time of the registration, as Pelion's device client gives it, opaque ones in base64; null without.</summary>
    public string? InitialValue { get; init; }

    /// <summary>The links but for that of the root; where the list turns out malformed, those before.</summary>
    /// <param name="objectList">application/link-format.</param>
    /// <param name="rootPath">The alternate path (<see cref="RegistrationLinks.RootPath"/>), without a slash at its end.</param>
    public static IReadOnlyList<RegisteredLink> Read(ReadOnlySpan<byte> objectList, string rootPath)
    {
        ArgumentNullException.ThrowIfNull(rootPath);
        List<RegisteredLink> links = [];
        byte[] root = Encoding.UTF8.GetBytes(rootPath);
        LinkFormatReader reader = new(objectList);
        while (reader.ReadLink(out ReadOnlySpan<byte> target))
        {
            RegisteredLink link = ReadAttributes(ref reader);
            ReadOnlySpan<byte> path = target.TrimEnd((byte)'/');
            if (path.StartsWith(root) && (path.Length == root.Length || path[root.Length] == (byte)'/')) path = path[root.Length..];
            if (path.IsEmpty) continue;
            links.Add(link with { Path = Encoding.UTF8.GetString(path), IsObservable = link.IsObservable || path.Count((byte)'/') > 1 });
        }

        return links;
    }

    /// <summary>RFC 6690, 3.1 to 3.3: of an attribute that is repeated, the first counts.</summary>
    private static RegisteredLink ReadAttributes(ref LinkFormatReader reader)
    {
        string? resourceTypes = null, interfaces = null, contentFormats = null;
        bool isObservable = false;
        string? initialValue = null, reportToken = null;
        while (reader.ReadAttribute(out LinkAttributeToken attribute))
        {
            if (attribute.Name.SequenceEqual("rt"u8)) resourceTypes ??= attribute.GetValue();
            else if (attribute.Name.SequenceEqual("if"u8)) interfaces ??= attribute.GetValue();
            else if (attribute.Name.SequenceEqual("ct"u8)) contentFormats ??= attribute.GetValue();
            else if (attribute.Name.SequenceEqual("obs"u8)) isObservable = true;
            else if (attribute.Name.SequenceEqual("v"u8)) initialValue ??= attribute.GetValue();
            else if (attribute.Name.SequenceEqual("aobs"u8))
            {
                isObservable = true;
                reportToken ??= attribute.GetValue();
            }
        }

        return new RegisteredLink("", resourceTypes, interfaces, contentFormats, isObservable)
        {
            ReportToken = ushort.TryParse(reportToken, NumberStyles.None, CultureInfo.InvariantCulture, out ushort token) ? token : null,
            InitialValue = initialValue,
        };
    }
}
