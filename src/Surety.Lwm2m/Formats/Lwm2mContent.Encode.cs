using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m;

public static partial class Lwm2mContent
{
    /// <summary>Encodes entries as the content of a message about <paramref name="requestPath"/>.</summary>
    /// <param name="format">The wanted Content-Format.</param>
    /// <param name="requestPath">The path of the request; the root in composite operations and Send.</param>
    /// <param name="entries">
    /// The entries, at or below the path, in any order. SenML and LwM2M 1.0 JSON leave out entries without value: they cannot tell them.
    /// </param>
    /// <param name="context">Its alternate path, and the present, to which early times are told relatively.</param>
    /// <param name="output">Receives the payload; on failure it may hold a part of it.</param>
    /// <param name="reason">Why the format cannot carry the entries.</param>
    public static bool TryEncode(
        ContentFormat format,
        Lwm2mPath requestPath,
        ReadOnlySpan<ResourceEntry> entries,
        in ContentContext context,
        IBufferWriter<byte> output,
        [NotNullWhen(false)] out string? reason)
    {
        FormatKind kind = KindOf(format);
        reason = FindFault(kind, format, requestPath, entries, context.AlternatePath ?? "");
        if (reason is not null) return false;
        switch (kind)
        {
            case FormatKind.Text:
                Encoding.UTF8.GetBytes(entries[0].Value.ToString(), output);
                return true;
            case FormatKind.Opaque:
                output.Write(entries[0].Value.AsOpaque().Span);
                return true;
            case FormatKind.Cbor:
                CborValueOutput.Write(output, entries[0].Value);
                return true;
            case FormatKind.Tlv:
            case FormatKind.Lwm2mCbor:
                return TryEncodeTree(kind, requestPath, entries, isUnnamed: false, output, out reason);
            default:
                EncodeRecords(kind, requestPath, entries, context, output);
                return true;
        }
    }

    /// <summary>Encodes the content of a Create.</summary>
    /// <param name="format">TLV, LwM2M CBOR or SenML.</param>
    /// <param name="objectId">The Object.</param>
    /// <param name="instanceId">The wanted instance; null lets the client choose, which only TLV and LwM2M CBOR can express.</param>
    /// <param name="entries">Entries of one instance of any id, in whose place <paramref name="instanceId"/> is written.</param>
    /// <param name="context">Only its alternate path matters here.</param>
    /// <param name="output">Receives the payload.</param>
    /// <param name="reason">Why the format cannot carry the entries.</param>
    public static bool TryEncodeCreate(
        ContentFormat format,
        ushort objectId,
        ushort? instanceId,
        ReadOnlySpan<ResourceEntry> entries,
        in ContentContext context,
        IBufferWriter<byte> output,
        [NotNullWhen(false)] out string? reason)
    {
        FormatKind kind = KindOf(format);
        Lwm2mPath target = new(objectId, instanceId ?? 0);
        ResourceEntry[] moved = new ResourceEntry[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            Lwm2mPath path = entries[i].Path;
            if (path.Level < 2 || path.ObjectId != objectId || path.InstanceId != entries[0].Path.InstanceId)
            {
                reason = $"{path} is not of the one instance of Object {objectId} that is to be created";
                return false;
            }

            Lwm2mPath to = target;
            for (int level = 2; level < path.Level; level++) to = to.Append(path[level]);
            moved[i] = new ResourceEntry(to, entries[i].Value, entries[i].Timestamp);
        }

        if (instanceId is not null) return TryEncode(format, new Lwm2mPath(objectId), moved, context, output, out reason);
        if (kind is not (FormatKind.Tlv or FormatKind.Lwm2mCbor))
        {
            reason = $"content format {format} cannot leave the id of the new instance open";
            return false;
        }

        reason = FindFault(kind, format, new Lwm2mPath(objectId), moved, "");
        if (reason is not null) return false;
        if (moved.Length > 0) return TryEncodeTree(kind, new Lwm2mPath(objectId), moved, isUnnamed: true, output, out reason);
        if (kind == FormatKind.Lwm2mCbor) Lwm2mCborEncoder.EncodeEmptyUnnamed(objectId, output);
        return true;
    }

    /// <summary>Encodes the path list of a Read-Composite or Observe-Composite as SenML or SenML-ETCH records without values.</summary>
    /// <param name="format">SenML or SenML-ETCH, JSON or CBOR.</param>
    /// <param name="paths">The paths in their order.</param>
    /// <param name="context">The alternate path.</param>
    /// <param name="output">Receives the payload.</param>
    /// <param name="reason">Why the format cannot carry the paths.</param>
    public static bool TryEncodePaths(
        ContentFormat format,
        ReadOnlySpan<Lwm2mPath> paths,
        in ContentContext context,
        IBufferWriter<byte> output,
        [NotNullWhen(false)] out string? reason)
    {
        string alternatePath = context.AlternatePath ?? "";
        reason = paths.IsEmpty ? "the list of paths is empty" : FindFault(alternatePath);
        if (reason is not null) return false;
        switch (KindOf(format))
        {
            case FormatKind.SenmlCbor or FormatKind.EtchCbor:
                SenmlCborEncoder.EncodePaths(paths, alternatePath, output);
                return true;
            case FormatKind.SenmlJson or FormatKind.EtchJson:
                JsonEncoder.EncodePaths(paths, alternatePath, output);
                return true;
            default:
                reason = $"content format {format} cannot hold a list of paths";
                return false;
        }
    }

    private static string? FindFault(FormatKind kind, ContentFormat format, Lwm2mPath requestPath, ReadOnlySpan<ResourceEntry> entries, string alternatePath)
    {
        if (kind == FormatKind.Unknown) return $"content format {format} is not supported";
        bool isSingle = kind is FormatKind.Text or FormatKind.Opaque or FormatKind.Cbor;
        if (isSingle && (entries.Length != 1 || entries[0].Path.Level < 3 || entries[0].Path != requestPath || entries[0].Value.IsNone))
            return $"content format {format} holds the value of one Resource";
        if (kind == FormatKind.Opaque && entries[0].Value.Type != ResourceType.Opaque) return $"content format {format} holds opaque values";
        if (kind == FormatKind.Tlv && requestPath.IsRoot) return "TLV cannot carry more than one Object";
        if (FindFault(alternatePath) is string fault) return fault;
        foreach (ref readonly ResourceEntry entry in entries)
        {
            if (!entry.Path.StartsWith(requestPath)) return $"{entry.Path} is not at or below {requestPath}";
            if (entry.Path.Level < (entry.Value.IsNone ? 1 : 3)) return $"{entry.Path}: a value belongs to a Resource or Resource Instance";
            if (entry.Value.IsNull && kind is not (FormatKind.EtchCbor or FormatKind.EtchJson or FormatKind.Lwm2mCbor))
                return $"{entry.Path}: content format {format} cannot tell null";
            if (entry.Timestamp is not null && !HoldsTimes(format)) return $"{entry.Path}: content format {format} cannot tell times";
            if (kind is FormatKind.Text or FormatKind.SenmlJson or FormatKind.EtchJson or FormatKind.OmaJson
                && entry.Value.TryGetNumber(out double number) && !double.IsFinite(number))
            {
                return $"{entry.Path}: {entry.Value} is no number in content format {format}";
            }
        }

        return null;
    }

    private static string? FindFault(string alternatePath) => alternatePath.Length <= RegistrationLinks.MaxRootPath
        ? null
        : $"the alternate path is longer than {RegistrationLinks.MaxRootPath} characters";

    private static bool TryEncodeTree(
        FormatKind kind,
        Lwm2mPath requestPath,
        ReadOnlySpan<ResourceEntry> entries,
        bool isUnnamed,
        IBufferWriter<byte> output,
        [NotNullWhen(false)] out string? reason)
    {
        reason = null;
        ResourceEntry[]? rented = null;
        if (!(kind == FormatKind.Tlv ? EntryOrder.IsSorted(entries) : EntryOrder.IsGrouped(entries)))
        {
            rented = ArrayPool<ResourceEntry>.Shared.Rent(entries.Length);
            entries.CopyTo(rented);
            Span<ResourceEntry> sorted = rented.AsSpan(0, entries.Length);
            sorted.Sort((left, right) => left.Path.CompareTo(right.Path));
            entries = sorted;
        }

        if (EntryOrder.TryFindConflict(entries, out Lwm2mPath conflict)) reason = $"{conflict} occurs twice";
        else if (kind == FormatKind.Lwm2mCbor) Lwm2mCborEncoder.Encode(entries, isUnnamed, output);
        else if (!TlvEncoder.TryEncode(requestPath, entries, isUnnamed, output)) reason = "TLV cannot carry a value, or more than 16 MiB";
        if (rented is not null) ArrayPool<ResourceEntry>.Shared.Return(rented, clearArray: true);
        return reason is null;
    }

    private static void EncodeRecords(
        FormatKind kind,
        Lwm2mPath requestPath,
        ReadOnlySpan<ResourceEntry> entries,
        in ContentContext context,
        IBufferWriter<byte> output)
    {
        string alternatePath = context.AlternatePath ?? "";
        double firstAbsolute = kind == FormatKind.OmaJson ? 0 : SenmlNames.FirstAbsoluteTime;
        ResourceEntry[]? rented = null;
        if (NeedsChange(entries, firstAbsolute))
        {
            rented = ArrayPool<ResourceEntry>.Shared.Rent(entries.Length);
            int count = 0;
            foreach (ref readonly ResourceEntry entry in entries)
            {
                if (entry.Value.IsNone) continue;
                // RFC 8428, 4.5.3: such a number means a time relative to the present. A device whose clock was never set has no others.
                rented[count++] = entry.Timestamp < firstAbsolute ? new ResourceEntry(entry.Path, entry.Value, entry.Timestamp - context.UnixSeconds) : entry;
            }

            entries = rented.AsSpan(0, count);
        }

        if (kind is FormatKind.SenmlCbor or FormatKind.EtchCbor) SenmlCborEncoder.Encode(entries, alternatePath, output);
        else if (kind == FormatKind.OmaJson) JsonEncoder.EncodeOma(requestPath, entries, output);
        else JsonEncoder.EncodeSenml(entries, alternatePath, output);
        if (rented is not null) ArrayPool<ResourceEntry>.Shared.Return(rented, clearArray: true);
    }

    private static bool NeedsChange(ReadOnlySpan<ResourceEntry> entries, double firstAbsoluteTime)
    {
        foreach (ref readonly ResourceEntry entry in entries)
        {
            if (entry.Value.IsNone || entry.Timestamp < firstAbsoluteTime) return true;
        }

        return false;
    }
}
