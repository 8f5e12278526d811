using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Surety.Coap;

namespace Surety.Server.Features.Notifications;

/// <summary>
/// The media types of CoAP's content formats, both ways, as the Service API writes them. (IANA, "CoAP Content-Formats" of 2025, but
/// <c>text/plain</c> without its charset: so Pelion and its clients have it.)
/// </summary>
internal static class MediaTypes
{
    private static readonly (ushort Number, string Name)[] Registered =
    [
        (0, "text/plain"),
        (16, "application/cose; cose-type=\"cose-encrypt0\""),
        (17, "application/cose; cose-type=\"cose-mac0\""),
        (18, "application/cose; cose-type=\"cose-sign1\""),
        (19, "application/ace+cbor"),
        (21, "image/gif"),
        (22, "image/jpeg"),
        (23, "image/png"),
        (40, "application/link-format"),
        (41, "application/xml"),
        (42, "application/octet-stream"),
        (47, "application/exi"),
        (50, "application/json"),
        (51, "application/json-patch+json"),
        (52, "application/merge-patch+json"),
        (60, "application/cbor"),
        (61, "application/cwt"),
        (62, "application/multipart-core"),
        (63, "application/cbor-seq"),
        (64, "application/edhoc+cbor-seq"),
        (65, "application/cid-edhoc+cbor-seq"),
        (96, "application/cose; cose-type=\"cose-encrypt\""),
        (97, "application/cose; cose-type=\"cose-mac\""),
        (98, "application/cose; cose-type=\"cose-sign\""),
        (101, "application/cose-key"),
        (102, "application/cose-key-set"),
        (110, "application/senml+json"),
        (111, "application/sensml+json"),
        (112, "application/senml+cbor"),
        (113, "application/sensml+cbor"),
        (114, "application/senml-exi"),
        (115, "application/sensml-exi"),
        (140, "application/yang-data+cbor; id=sid"),
        (256, "application/coap-group+json"),
        (257, "application/concise-problem-details+cbor"),
        (258, "application/swid+cbor"),
        (259, "application/pkixcmp"),
        (260, "application/yang-sid+json"),
        (261, "application/ace-groupcomm+cbor"),
        (262, "application/ace-trl+cbor"),
        (263, "application/eat+cwt"),
        (264, "application/eat+jwt"),
        (265, "application/eat-bun+cbor"),
        (266, "application/eat-bun+json"),
        (267, "application/eat-ucs+cbor"),
        (268, "application/eat-ucs+json"),
        (269, "application/coap-eap"),
        (271, "application/dots+cbor"),
        (272, "application/missing-blocks+cbor-seq"),
        (280, "application/pkcs7-mime; smime-type=server-generated-key"),
        (281, "application/pkcs7-mime; smime-type=certs-only"),
        (284, "application/pkcs8"),
        (285, "application/csrattrs"),
        (286, "application/pkcs10"),
        (287, "application/pkix-cert"),
        (290, "application/aif+cbor"),
        (291, "application/aif+json"),
        (310, "application/senml+xml"),
        (311, "application/sensml+xml"),
        (320, "application/senml-etch+json"),
        (322, "application/senml-etch+cbor"),
        (340, "application/yang-data+cbor"),
        (341, "application/yang-data+cbor; id=name"),
        (432, "application/td+json"),
        (433, "application/tm+json"),
        (434, "application/sdf+json"),
        (601, "application/uccs+cbor"),
        (10000, "application/vnd.ocf+cbor"),
        (10001, "application/oscore"),
        (10002, "application/javascript"),
        (11542, "application/vnd.oma.lwm2m+tlv"),
        (11543, "application/vnd.oma.lwm2m+json"),
        (11544, "application/vnd.oma.lwm2m+cbor"),
        (20000, "text/css"),
        (30000, "image/svg+xml"),
    ];

    // Names that clients send beside the registered ones. (connect, "Endpoints".)
    private static readonly (ushort Number, string Name)[] Others =
    [
        (0, "application/vnd.oma.lwm2m+text"),
        (42, "application/vnd.oma.lwm2m+opaq"),
        (11542, "application/nanoservice-tlv"),
    ];

    private static readonly FrozenDictionary<ushort, (string Name, JsonEncodedText Json)> Names =
        Registered.ToFrozenDictionary(type => type.Number, type => (type.Name, JsonEncodedText.Encode(type.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)));

    private static readonly FrozenDictionary<string, ushort> Numbers =
        Registered.Concat(Others).ToFrozenDictionary(type => Normalize(type.Name), type => type.Number, StringComparer.Ordinal);

    private static readonly FrozenSet<string> WithParameters = Registered.Where(type => type.Name.Contains(';', StringComparison.Ordinal))
        .Select(type => Normalize(type.Name).Split(';')[0]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The names of the registered formats, by number.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Registered.Select(type => type.Name)];

    /// <summary>The media type of a format; the number in decimal digits when it has none.</summary>
    public static string NameOf(ContentFormat format) =>
        Names.TryGetValue(format.Value, out var known) ? known.Name : format.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The media types of what the attribute <c>ct</c> of a link lists, separated by blanks; null for nothing.</summary>
    [return: NotNullIfNotNull(nameof(formats))]
    public static string? NamesOf(string? formats) => formats is null ? null : string.Join(' ', formats.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(format => ushort.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? NameOf(new ContentFormat(number)) : format));

    /// <summary>
    /// The format of a media type, in any case, or of a number in decimal digits. Parameters that do not make a format of their own, such as
    /// a charset, are ignored.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out ContentFormat format)
    {
        format = default;
        if (string.IsNullOrWhiteSpace(name))
            return false;
        var text = Normalize(name);
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || Numbers.TryGetValue(text, out number))
        {
            format = new ContentFormat(number);
            return true;
        }

        var type = text.Split(';')[0];
        // application/cose of a type that nobody registered is not application/cose of another.
        if (WithParameters.Contains(type) || !Numbers.TryGetValue(type, out number))
            return false;
        format = new ContentFormat(number);
        return true;
    }

    /// <summary>Writes the name as a JSON string.</summary>
    public static void Write(Utf8JsonWriter json, JsonEncodedText property, ContentFormat format)
    {
        if (Names.TryGetValue(format.Value, out var known))
            json.WriteString(property, known.Json);
        else
            json.WriteString(property, NameOf(format));
    }

    private static string Normalize(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is not (' ' or '\t' or '"'))
                text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
