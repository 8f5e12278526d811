using System.Globalization;
using System.Text.Json;
using Surety.Coap;

namespace Surety.Server.Features.Notifications;

/// <summary>Writes what a device has registered, link by link. (connect, ResourcesData.)</summary>
internal static class EnvelopeResources
{
    // The root of a device's tree where it is not "/" (LwM2M Core 6.2.1, "alternate path").
    private static ReadOnlySpan<byte> RootType => "oma.lwm2m"u8;

    private static readonly JsonEncodedText PathName = Envelope.Name("path");
    private static readonly JsonEncodedText Rt = Envelope.Name("rt");
    private static readonly JsonEncodedText If = Envelope.Name("if");
    private static readonly JsonEncodedText Ct = Envelope.Name("ct");
    private static readonly JsonEncodedText Obs = Envelope.Name("obs");

    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> links)
    {
        var root = FindRoot(links);
        var reader = new LinkFormatReader(links);
        while (reader.ReadLink(out var target))
            WriteLink(json, ref reader, target, root);
    }

    private static ReadOnlySpan<byte> FindRoot(ReadOnlySpan<byte> links)
    {
        var reader = new LinkFormatReader(links);
        while (reader.ReadLink(out var target))
        {
            while (reader.ReadAttribute(out var attribute))
            {
                if (attribute.Name.SequenceEqual("rt"u8) && attribute.RawValue.SequenceEqual(RootType))
                    return target.TrimEnd((byte)'/');
            }
        }

        return default;
    }

    private static void WriteLink(Utf8JsonWriter json, ref LinkFormatReader reader, ReadOnlySpan<byte> target, ReadOnlySpan<byte> root)
    {
        string? resourceTypes = null, interfaces = null, formats = null;
        var isObservable = false;
        while (reader.ReadAttribute(out var attribute))
        {
            if (attribute.Name.SequenceEqual("rt"u8))
                resourceTypes ??= attribute.GetValue();
            else if (attribute.Name.SequenceEqual("if"u8))
                interfaces ??= attribute.GetValue();
            else if (attribute.Name.SequenceEqual("ct"u8))
                formats ??= attribute.GetValue();
            else if (attribute.Name.SequenceEqual("obs"u8) || attribute.Name.SequenceEqual("aobs"u8))
                isObservable = true;
        }

        var path = target.TrimEnd((byte)'/');
        if (path.SequenceEqual(root) || path.IsEmpty)
            return;
        if (!root.IsEmpty && path.StartsWith(root) && path[root.Length] == (byte)'/')
            path = path[root.Length..];
        json.WriteStartObject();
        Envelope.WriteText(json, PathName, path);
        json.WriteString(Rt, resourceTypes ?? "");
        json.WriteString(If, interfaces ?? "");
        json.WriteString(Ct, NamesOf(formats));
        // Every object instance of LwM2M can be observed, and so can what is in it, whether its link says so or not.
        json.WriteBoolean(Obs, isObservable || path.Count((byte)'/') > 1);
        json.WriteEndObject();
    }

    private static string NamesOf(string? formats)
    {
        if (string.IsNullOrEmpty(formats))
            return "";
        var names = formats.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(format =>
            ushort.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? MediaTypes.NameOf(new ContentFormat(number)) : format);
        return string.Join(' ', names);
    }
}
