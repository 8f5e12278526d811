using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Surety.Lwm2m;

/// <summary>
/// Reads Object definitions in OMA's XML (Core TS 1.2.2, Appendix D and J; LWM2M.xsd), as an operator drops them into a folder.
/// DTDs and external entities are refused, sizes are bounded.
/// </summary>
public static class Lwm2mObjectXml
{
    /// <summary>Largest file in octets; the largest of OMA's registry has about 120 KiB.</summary>
    public const int MaxFileSize = 2 << 20;

    /// <summary>Most files that are read from a folder.</summary>
    public const int MaxFiles = 4_096;

    private const int MaxTextLength = 1_024;

    private static readonly Dictionary<string, ResourceType> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = ResourceType.None,
        ["None"] = ResourceType.None,
        ["String"] = ResourceType.String,
        ["Integer"] = ResourceType.Integer,
        ["Unsigned Integer"] = ResourceType.UnsignedInteger,
        ["Float"] = ResourceType.Float,
        ["Boolean"] = ResourceType.Boolean,
        ["Opaque"] = ResourceType.Opaque,
        ["Time"] = ResourceType.Time,
        ["Objlnk"] = ResourceType.ObjectLink,
        ["Corelnk"] = ResourceType.CoreLink,
    };

    /// <summary>Reads all <c>*.xml</c> files of a folder, in the order of their names. A bad file is left out, the others are read.</summary>
    /// <param name="folder">The folder; one that is not there is empty.</param>
    /// <param name="faults">For each bad file what is wrong, where, and what to do.</param>
    public static IReadOnlyList<ObjectModel> LoadFolder(string folder, out IReadOnlyList<string> faults)
    {
        List<ObjectModel> models = [];
        List<string> found = [];
        faults = found;
        if (!Directory.Exists(folder)) return models;
        string[] files = Directory.GetFiles(folder, "*.xml");
        Array.Sort(files, StringComparer.Ordinal);
        if (files.Length > MaxFiles) found.Add($"{folder}: holds {files.Length} files, only the first {MaxFiles} are read; remove the others");
        foreach (string file in files.Take(MaxFiles))
        {
            try
            {
                using FileStream stream = File.OpenRead(file);
                if (!TryRead(stream, Path.GetFileName(file), models, out string? reason)) found.Add(reason);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                found.Add($"{Path.GetFileName(file)}: cannot be read: {failure.Message}");
            }
        }

        return models;
    }

    /// <summary>Reads one file, which may define several Objects.</summary>
    /// <param name="stream">The XML.</param>
    /// <param name="fileName">How the reason names the file.</param>
    /// <param name="into">Receives the definitions; on failure it is as it was.</param>
    /// <param name="reason">File, line, what is wrong and what to do.</param>
    public static bool TryRead(Stream stream, string fileName, List<ObjectModel> into, [NotNullWhen(false)] out string? reason)
    {
        int start = into.Count;
        try
        {
            XDocument document = Load(stream);
            XElement root = document.Root!;
            if (root.Name.LocalName != "LWM2M") throw new XmlFault(root, $"the root is <{root.Name.LocalName}>; an OMA definition has <LWM2M>");
            foreach (XElement item in root.Elements())
            {
                if (item.Name.LocalName == "Object") into.Add(ReadObject(item));
            }

            if (into.Count == start) throw new XmlFault(root, "there is no <Object>; add one");
            reason = null;
            return true;
        }
        catch (XmlFault fault)
        {
            reason = $"{fileName}, line {fault.Line}: {fault.Message}";
        }
        catch (XmlException fault)
        {
            reason = $"{fileName}, line {fault.LineNumber}: not acceptable XML: {fault.Message}";
        }

        into.RemoveRange(start, into.Count - start);
        return false;
    }

    private static XDocument Load(Stream stream)
    {
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxFileSize,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        using XmlReader reader = XmlReader.Create(stream, settings);
        return XDocument.Load(reader, LoadOptions.SetLineInfo);
    }

    private static ObjectModel ReadObject(XElement item)
    {
        ushort id = ReadId(Required(item, "ObjectID"), "ObjectID");
        List<ResourceModel> resources = [];
        HashSet<ushort> seen = [];
        foreach (XElement resource in Child(item, "Resources")?.Elements() ?? [])
        {
            if (resource.Name.LocalName != "Item") continue;
            ResourceModel model = ReadResource(resource);
            if (!seen.Add(model.Id)) throw new XmlFault(resource, $"resource {model.Id} is defined twice; remove one");
            resources.Add(model);
        }

        return new ObjectModel(
            id,
            ReadVersion(item, "ObjectVersion"),
            ReadVersion(item, "LWM2MVersion"),
            Text(Required(item, "Name")),
            ReadChoice(item, "MultipleInstances", "Multiple", "Single"),
            ReadChoice(item, "Mandatory", "Mandatory", "Optional"),
            resources);
    }

    private static ResourceModel ReadResource(XElement item)
    {
        if (!ushort.TryParse(item.Attribute("ID")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out ushort id) || id == Lwm2mPath.ReservedId)
            throw new XmlFault(item, "<Item> needs an attribute ID from 0 to 65534");
        XElement? typeElement = Child(item, "Type");
        if (!Types.TryGetValue(Text(typeElement), out ResourceType type))
        {
            throw new XmlFault(
                typeElement!,
                $"resource {id}: the type '{Text(typeElement)}' is unknown; use one of {string.Join(", ", Types.Keys.Where(t => t.Length > 0))}, or none");
        }

        return new ResourceModel(
            id,
            Text(Required(item, "Name")),
            ReadOperations(item, id),
            ReadChoice(item, "MultipleInstances", "Multiple", "Single"),
            ReadChoice(item, "Mandatory", "Mandatory", "Optional"),
            type,
            Text(Child(item, "RangeEnumeration")),
            Text(Child(item, "Units")));
    }

    private static ResourceOperations ReadOperations(XElement item, ushort id)
    {
        ResourceOperations operations = ResourceOperations.None;
        XElement? element = Child(item, "Operations");
        foreach (char letter in Text(element))
        {
            operations |= letter switch
            {
                'R' => ResourceOperations.Read,
                'W' => ResourceOperations.Write,
                'E' => ResourceOperations.Execute,
                _ => throw new XmlFault(element!, $"resource {id}: the operations '{Text(element)}' are unknown; use R, W, RW, E or none"),
            };
        }

        return operations;
    }

    private static bool ReadChoice(XElement parent, string name, string yes, string no)
    {
        XElement? element = Child(parent, name);
        string value = Text(element);
        if (value.Equals(yes, StringComparison.OrdinalIgnoreCase)) return true;
        if (value.Length == 0 || value.Equals(no, StringComparison.OrdinalIgnoreCase)) return false;
        throw new XmlFault(element!, $"<{name}> is '{value}'; use {yes} or {no}");
    }

    private static ObjectVersion ReadVersion(XElement parent, string name)
    {
        XElement? element = Child(parent, name);
        string value = Text(element);
        if (value.Length == 0) return ObjectVersion.Default;
        return ObjectVersion.TryParse(value, out ObjectVersion version)
            ? version
            : throw new XmlFault(element!, $"<{name}> is '{value}'; use a version such as 1.0");
    }

    private static ushort ReadId(XElement element, string name) =>
        ushort.TryParse(Text(element), NumberStyles.None, CultureInfo.InvariantCulture, out ushort id) && id != Lwm2mPath.ReservedId
            ? id
            : throw new XmlFault(element, $"<{name}> is '{Text(element)}'; use a number from 0 to 65534");

    private static XElement Required(XElement parent, string name) =>
        Child(parent, name) is XElement element && Text(element).Length > 0 ? element : throw new XmlFault(parent, $"<{name}> is missing; add it");

    private static XElement? Child(XElement parent, string name) => parent.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    /// <summary>The text of an element, white space collapsed.</summary>
    private static string Text(XElement? element)
    {
        if (element is null) return "";
        StringBuilder text = new();
        foreach (char character in element.Value)
        {
            bool isSpace = char.IsWhiteSpace(character) || char.IsControl(character);
            if (!isSpace) text.Append(character);
            else if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
            if (text.Length > MaxTextLength) throw new XmlFault(element, $"<{element.Name.LocalName}> has more than {MaxTextLength} characters; shorten it");
        }

        return text.ToString().TrimEnd();
    }

    private sealed class XmlFault(XElement element, string message) : Exception(message)
    {
        public int Line { get; } = ((IXmlLineInfo)element).LineNumber;
    }
}
