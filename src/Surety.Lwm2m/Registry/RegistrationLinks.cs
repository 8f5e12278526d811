using System.Diagnostics.CodeAnalysis;
using Surety.Coap;

namespace Surety.Lwm2m;

/// <summary>
/// The Objects and Object Instances that a device registered (Core TS 1.2.2, 6.2.1): immutable and compact, made to be shared by all devices that
/// registered the same list.
/// </summary>
public sealed class RegistrationLinks
{
    /// <summary>Longest alternate path in characters; longer ones are refused.</summary>
    public const int MaxRootPath = 64;

    /// <summary>Largest payload in octets; larger ones are refused.</summary>
    public const int MaxPayload = 256 << 10;

    private readonly Lwm2mPath[] _paths;
    private readonly RegisteredVersion[] _versions;
    private readonly ContentFormat[] _contentFormats;
    private readonly KeyValuePair<Lwm2mPath, string>[] _attributes;

    internal RegistrationLinks(
        string rootPath,
        Lwm2mPath[] paths,
        RegisteredVersion[] versions,
        ContentFormat[] contentFormats,
        KeyValuePair<Lwm2mPath, string>[] attributes)
    {
        RootPath = rootPath;
        _paths = paths;
        _versions = versions;
        _contentFormats = contentFormats;
        _attributes = attributes;
    }

    /// <summary>Nothing registered: no Object, no alternate path.</summary>
    public static RegistrationLinks Empty { get; } = new("", [], [], [], []);

    /// <summary>The alternate path: empty, or for example <c>/lwm2m</c>, without trailing slash. It stands before every path of the device.</summary>
    public string RootPath { get; }

    /// <summary>The content formats that the root link announces (<c>ct</c>); empty when it says nothing.</summary>
    public ReadOnlySpan<ContentFormat> ContentFormats => _contentFormats;

    /// <summary>
    /// Objects and Object Instances in tree order, each once. The Object of every instance is there, whether it had a link of its own or not.
    /// </summary>
    public ReadOnlySpan<Lwm2mPath> Paths => _paths;

    /// <summary>
    /// Reads the payload of a Register or Update (application/link-format). Links that are no LwM2M paths are ignored, and so is whatever an
    /// attribute holds beyond what LwM2M defines (Core TS 1.2.2, 6.2.1).
    /// </summary>
    /// <param name="payload">The payload; an empty one registers nothing.</param>
    /// <param name="links">The list.</param>
    /// <param name="reason">What is wrong, with the offset of the octet.</param>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out RegistrationLinks? links, [NotNullWhen(false)] out string? reason) =>
        RegistrationLinksParser.TryParse(payload, out links, out reason);

    /// <summary>Whether an Object or Object Instance is registered. A deeper path is looked up by its Object Instance; the root is always there.</summary>
    public bool Contains(Lwm2mPath path) => path.IsRoot || Array.BinarySearch(_paths, path.Truncate(2)) >= 0;

    /// <summary>The instances of an Object, ascending; empty when it has none or is not registered.</summary>
    public ReadOnlySpan<Lwm2mPath> InstancesOf(ushort objectId)
    {
        if (objectId == Lwm2mPath.ReservedId) return default;
        Lwm2mPath path = new(objectId);
        int start = Array.BinarySearch(_paths, path) + 1;
        if (start <= 0) return default;
        int end = start;
        while (end < _paths.Length && _paths[end].StartsWith(path)) end++;
        return _paths.AsSpan(start, end - start);
    }

    /// <summary>The version that the registration names for an Object; null when it names none.</summary>
    public ObjectVersion? VersionOf(ushort objectId)
    {
        foreach (RegisteredVersion registered in _versions)
        {
            if (registered.ObjectId == objectId) return registered.Version;
        }

        return null;
    }

    /// <summary>The further attributes of a link, as they came without <c>ver</c>, for example <c>x=1;y="z"</c>; empty when there are none.</summary>
    /// <param name="path">A path of <see cref="Paths"/>, or the root.</param>
    public string AttributesOf(Lwm2mPath path)
    {
        foreach (KeyValuePair<Lwm2mPath, string> attribute in _attributes)
        {
            if (attribute.Key == path) return attribute.Value;
        }

        return "";
    }

    /// <summary>A version that a registration names.</summary>
    internal readonly record struct RegisteredVersion(ushort ObjectId, ObjectVersion Version);
}
