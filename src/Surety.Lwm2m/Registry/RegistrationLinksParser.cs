using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m;

/// <summary>Reads the object list of a Register or Update.</summary>
internal static class RegistrationLinksParser
{
    // Transport TS 1.2.2, 6.4.1.
    private static ReadOnlySpan<byte> RootResourceType => "oma.lwm2m"u8;

    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out RegistrationLinks? links, [NotNullWhen(false)] out string? reason)
    {
        links = null;
        if (payload.Length > RegistrationLinks.MaxPayload)
        {
            reason = $"the object list has more than {RegistrationLinks.MaxPayload} octets";
            return false;
        }

        if (!TryFindRoot(payload, out ReadOnlySpan<byte> root, out reason)) return false;
        Collector collector = new(root);
        LinkFormatReader reader = new(payload);
        while (reader.ReadLink(out ReadOnlySpan<byte> target))
        {
            if (!LinkTargets.TryGetPath(target, root, out Lwm2mPath path)) continue;
            collector.TakeLink(ref reader, path);
            if (collector.Count <= LinkFormat.MaxLinks) continue;
            reason = $"the object list has more than {LinkFormat.MaxLinks} links";
            return false;
        }

        reason = reader.Error;
        if (reason is not null) return false;
        links = collector.ToLinks();
        return true;
    }

    /// <summary>The link with <c>rt="oma.lwm2m"</c> may stand anywhere, and names the path that all others begin with.</summary>
    private static bool TryFindRoot(ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> root, [NotNullWhen(false)] out string? reason)
    {
        root = default;
        LinkFormatReader reader = new(payload);
        while (reader.ReadLink(out ReadOnlySpan<byte> target))
        {
            while (reader.ReadAttribute(out LinkAttributeToken attribute))
            {
                if (attribute.Name.SequenceEqual("rt"u8) && IsRoot(attribute.RawValue)) root = target.TrimEnd((byte)'/');
            }
        }

        reason = reader.Error;
        if (reason is not null) return false;
        if (root.Length > RegistrationLinks.MaxRootPath)
        {
            reason = $"the alternate path has more than {RegistrationLinks.MaxRootPath} octets";
            return false;
        }

        if (!root.IsEmpty && (root[0] != (byte)'/' || root.ContainsAnyInRange((byte)0x7F, (byte)0xFF) || root.ContainsAny("?#\"\\"u8)))
        {
            reason = "the alternate path is not an absolute path in ASCII";
            return false;
        }

        reason = null;
        return true;
    }

    private static bool IsRoot(ReadOnlySpan<byte> resourceTypes)
    {
        foreach (Range part in resourceTypes.Split((byte)' '))
        {
            if (resourceTypes[part].SequenceEqual(RootResourceType)) return true;
        }

        return false;
    }

    private ref struct Collector(ReadOnlySpan<byte> root)
    {
        private readonly ReadOnlySpan<byte> _root = root;
        private readonly List<Lwm2mPath> _paths = [];
        private List<RegistrationLinks.RegisteredVersion>? _versions;
        private List<ContentFormat>? _contentFormats;
        private List<KeyValuePair<Lwm2mPath, string>>? _attributes;

        public int Count { get; private set; }

        public void TakeLink(scoped ref LinkFormatReader reader, Lwm2mPath path)
        {
            Count++;

            // A Resource in the list says that its instance is there.
            path = path.Truncate(2);
            if (!path.IsRoot)
            {
                _paths.Add(path.Truncate(1));
                if (path.Level == 2) _paths.Add(path);
            }

            StringBuilder? rest = null;
            while (reader.ReadAttribute(out LinkAttributeToken attribute))
            {
                if (!TryTakeVersion(path, attribute) && !TryTakeContentFormats(path, attribute) && !IsRootType(path, attribute)) Append(ref rest, attribute);
            }

            if (rest is not null) (_attributes ??= []).Add(new(path, rest.ToString()));
        }

        public readonly RegistrationLinks ToLinks()
        {
            _paths.Sort();
            int count = 0;
            for (int i = 0; i < _paths.Count; i++)
            {
                if (count == 0 || _paths[i] != _paths[count - 1]) _paths[count++] = _paths[i];
            }

            return new RegistrationLinks(
                _root.IsEmpty ? "" : Encoding.ASCII.GetString(_root),
                [.. _paths[..count]],
                _versions is null ? [] : [.. _versions],
                _contentFormats is null ? [] : [.. _contentFormats],
                _attributes is null ? [] : [.. _attributes]);
        }

        // Core TS 1.2.2, 7.2.3: on the Object's link, or on that of its only instance. Quoted or not, both are seen.
        private bool TryTakeVersion(Lwm2mPath path, LinkAttributeToken attribute)
        {
            if (path.IsRoot || !attribute.Name.SequenceEqual("ver"u8) || !ObjectVersion.TryParse(attribute.RawValue, out ObjectVersion version)) return false;
            _versions ??= [];
            foreach (RegistrationLinks.RegisteredVersion known in _versions)
            {
                if (known.ObjectId == path.ObjectId) return true;
            }

            _versions.Add(new(path.ObjectId, version));
            return true;
        }

        private bool TryTakeContentFormats(Lwm2mPath path, LinkAttributeToken attribute)
        {
            if (!path.IsRoot || !attribute.Name.SequenceEqual("ct"u8)) return false;
            _contentFormats ??= [];
            foreach (Range part in attribute.RawValue.Split((byte)' '))
            {
                if (_contentFormats.Count < LinkFormat.MaxAttributes
                    && ushort.TryParse(attribute.RawValue[part], NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
                    && !_contentFormats.Contains(new ContentFormat(number)))
                {
                    _contentFormats.Add(new ContentFormat(number));
                }
            }

            return true;
        }

        private static bool IsRootType(Lwm2mPath path, LinkAttributeToken attribute) =>
            path.IsRoot && attribute.Name.SequenceEqual("rt"u8) && IsRoot(attribute.RawValue);

        private static void Append(ref StringBuilder? rest, LinkAttributeToken attribute)
        {
            if (rest is null) rest = new StringBuilder();
            else rest.Append(';');
            rest.Append(Encoding.ASCII.GetString(attribute.Name));
            if (!attribute.HasValue) return;
            string quote = attribute.IsQuoted ? "\"" : "";
            rest.Append('=').Append(quote).Append(Encoding.UTF8.GetString(attribute.RawValue)).Append(quote);
        }
    }
}
