using System.Diagnostics.CodeAnalysis;
using Surety.Coap;

namespace Surety.Lwm2m;

/// <summary>
/// Contents of LwM2M messages in every format of Core TS 1.2.2, 7.5: decodes to flat lists of entries and encodes such lists.
/// </summary>
/// <remarks>
/// Nothing here throws on bytes from outside: what is malformed, too deep, too large or of the wrong type gives a reason.
/// Decoded opaque values are copies and outlive the payload.
/// </remarks>
public static partial class Lwm2mContent
{
    /// <summary>Most entries in one content; more are refused.</summary>
    public const int MaxEntries = 65_536;

    /// <summary>
    /// The format that a number stands for: the registered number itself, or the one meant by the numbers that clients used before registration
    /// (99 and 1542 TLV, 1543 JSON, 1541 text, 1544 opaque).
    /// </summary>
    public static ContentFormat Canonical(ContentFormat format) => format.Value switch
    {
        99 or 1542 => ContentFormat.Lwm2mTlv,
        1541 => ContentFormat.TextPlain,
        1543 => ContentFormat.Lwm2mJson,
        1544 => ContentFormat.OctetStream,
        _ => format,
    };

    /// <summary>Whether values can be decoded from and encoded to this format.</summary>
    public static bool IsSupported(ContentFormat format) => KindOf(format) != FormatKind.Unknown;

    /// <summary>Whether the format holds any number of values; the others hold the value of one Resource or Resource Instance.</summary>
    public static bool HoldsMany(ContentFormat format) => KindOf(format) is not (FormatKind.Unknown or FormatKind.Text or FormatKind.Opaque or FormatKind.Cbor);

    /// <summary>Whether the format holds the times of values, and many values of one Resource with them.</summary>
    public static bool HoldsTimes(ContentFormat format) =>
        KindOf(format) is FormatKind.SenmlCbor or FormatKind.SenmlJson or FormatKind.EtchCbor or FormatKind.EtchJson or FormatKind.OmaJson;

    /// <summary>Decodes the content of a Read, Write, Notify, Send or composite operation.</summary>
    /// <param name="format">The message's Content-Format.</param>
    /// <param name="payload">The message's payload.</param>
    /// <param name="requestPath">The path of the request; the root in composite operations and Send.</param>
    /// <param name="context">Definitions, registration and time.</param>
    /// <param name="into">Receives the entries; what was in it stays, and on failure it is as it was.</param>
    /// <param name="reason">What is wrong with the payload.</param>
    /// <returns>False when the payload is not a valid content of that format for that path.</returns>
    public static bool TryDecode(
        ContentFormat format,
        ReadOnlySpan<byte> payload,
        Lwm2mPath requestPath,
        in ContentContext context,
        List<ResourceEntry> into,
        [NotNullWhen(false)] out string? reason)
    {
        CreateInstance create = default;
        return TryDecode(format, payload, requestPath, context, into, ref create, out reason);
    }

    /// <summary>Decodes the content of a Create: one or more instances of an Object (Core TS 1.2.2, 6.3.6).</summary>
    /// <param name="format">The message's Content-Format.</param>
    /// <param name="payload">The message's payload.</param>
    /// <param name="objectId">The Object.</param>
    /// <param name="context">Definitions, registration and time.</param>
    /// <param name="into">Receives the entries.</param>
    /// <param name="isUnnamed">Whether the client is to choose the id of the one new instance; the entries then lie in instance 0.</param>
    /// <param name="reason">What is wrong with the payload.</param>
    public static bool TryDecodeCreate(
        ContentFormat format,
        ReadOnlySpan<byte> payload,
        ushort objectId,
        in ContentContext context,
        List<ResourceEntry> into,
        out bool isUnnamed,
        [NotNullWhen(false)] out string? reason)
    {
        isUnnamed = false;
        FormatKind kind = KindOf(format);
        if (kind is not (FormatKind.Tlv or FormatKind.Lwm2mCbor or FormatKind.SenmlCbor or FormatKind.SenmlJson or FormatKind.OmaJson))
        {
            reason = $"content format {format} cannot create instances";
            return false;
        }

        CreateInstance create = new() { IsCreate = true };
        int start = into.Count;
        if (!TryDecode(format, payload, new Lwm2mPath(objectId), context, into, ref create, out reason)) return false;
        isUnnamed = create.IsUnnamed || into.Count == start;
        if (!create.IsUnnamed || !create.IsNamed) return true;
        into.RemoveRange(start, into.Count - start);
        reason = "some values name their instance and some do not";
        return false;
    }

    /// <summary>Decodes the path list of a Read-Composite or Observe-Composite: SenML or SenML-ETCH records without values.</summary>
    /// <param name="format">SenML or SenML-ETCH, JSON or CBOR.</param>
    /// <param name="payload">The message's payload.</param>
    /// <param name="context">The alternate path.</param>
    /// <param name="into">Receives the paths; on failure it is as it was.</param>
    /// <param name="reason">What is wrong with the payload.</param>
    public static bool TryDecodePaths(
        ContentFormat format,
        ReadOnlySpan<byte> payload,
        in ContentContext context,
        List<Lwm2mPath> into,
        [NotNullWhen(false)] out string? reason)
    {
        int start = into.Count;
        FormatKind kind = KindOf(format);
        ContentDecoder decoder = new(Lwm2mPath.Root, context, NoEntries) { AllowsNull = kind is FormatKind.EtchCbor or FormatKind.EtchJson };
        bool isDecoded = kind switch
        {
            FormatKind.SenmlCbor or FormatKind.EtchCbor => SenmlCborDecoder.TryDecode(payload, ref decoder, into),
            FormatKind.SenmlJson or FormatKind.EtchJson => JsonDecoder.TryDecodeSenml(payload, ref decoder, into),
            _ => decoder.Fail($"content format {format} cannot hold a list of paths"),
        };
        if (isDecoded && into.Count == start) isDecoded = decoder.Fail("the list of paths is empty");
        if (!isDecoded) into.RemoveRange(start, into.Count - start);
        reason = isDecoded ? null : decoder.Reason ?? "malformed";
        return isDecoded;
    }

    // A path list adds no entries.
    private static readonly List<ResourceEntry> NoEntries = [];

    private static bool TryDecode(
        ContentFormat format,
        ReadOnlySpan<byte> payload,
        Lwm2mPath requestPath,
        in ContentContext context,
        List<ResourceEntry> into,
        ref CreateInstance create,
        [NotNullWhen(false)] out string? reason)
    {
        FormatKind kind = KindOf(format);
        ContentDecoder decoder = new(requestPath, context, into) { AllowsNull = kind is FormatKind.EtchCbor or FormatKind.EtchJson };

        // Records of SenML-ETCH apply one after the other, and SenML may tell a value more than once; elsewhere a path occurs once.
        bool isUnique = kind is FormatKind.Tlv or FormatKind.Lwm2mCbor or FormatKind.OmaJson;
        bool isDecoded = Decode(kind, format, payload, ref decoder, ref create) && decoder.Complete(isUnique);
        if (!isDecoded) decoder.Undo();
        reason = isDecoded ? null : decoder.Reason ?? "malformed";
        return isDecoded;
    }

    private static bool Decode(FormatKind kind, ContentFormat format, ReadOnlySpan<byte> payload, ref ContentDecoder decoder, ref CreateInstance create)
    {
        // An Object without instances may be answered by an empty payload (Core TS 1.2.2, 6.3.1).
        if (payload.IsEmpty && HoldsMany(format)) return true;
        switch (kind)
        {
            case FormatKind.SenmlCbor or FormatKind.EtchCbor:
                return SenmlCborDecoder.TryDecode(payload, ref decoder, null);
            case FormatKind.SenmlJson or FormatKind.EtchJson:
                return JsonDecoder.TryDecodeSenml(payload, ref decoder, null);
            case FormatKind.OmaJson:
                return JsonDecoder.TryDecodeOma(payload, ref decoder);
            case FormatKind.Tlv:
                return TlvDecoder.TryDecode(payload, ref decoder, ref create);
            case FormatKind.Lwm2mCbor:
                return Lwm2mCborDecoder.TryDecode(payload, ref decoder, ref create);
            case FormatKind.Text:
                return SingleValueDecoder.TryDecodeText(payload, ref decoder);
            case FormatKind.Opaque:
                return SingleValueDecoder.TryDecodeOpaque(payload, ref decoder);
            case FormatKind.Cbor:
                return SingleValueDecoder.TryDecodeCbor(payload, ref decoder);
            default:
                return decoder.Fail($"content format {format} is not supported");
        }
    }

    private static FormatKind KindOf(ContentFormat format) => Canonical(format).Value switch
    {
        0 => FormatKind.Text,
        42 => FormatKind.Opaque,
        60 => FormatKind.Cbor,
        110 => FormatKind.SenmlJson,
        112 => FormatKind.SenmlCbor,
        320 => FormatKind.EtchJson,
        322 => FormatKind.EtchCbor,
        11542 => FormatKind.Tlv,
        11543 => FormatKind.OmaJson,
        11544 => FormatKind.Lwm2mCbor,
        _ => FormatKind.Unknown,
    };

    private enum FormatKind
    {
        Unknown,
        Text,
        Opaque,
        Cbor,
        SenmlJson,
        SenmlCbor,
        EtchJson,
        EtchCbor,
        Tlv,
        OmaJson,
        Lwm2mCbor,
    }
}
