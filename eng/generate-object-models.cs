#:project ../src/Surety.Lwm2m/Surety.Lwm2m.csproj
#:property PublishAot=false

// Makes src/Surety.Lwm2m/Model/objects.txt from a checkout of https://github.com/OpenMobileAlliance/lwm2m-registry:
//   dotnet run eng/generate-object-models.cs -- <registry folder> <output file>
// Only facts are taken (ids, names, versions, types, operations, ranges, units), no descriptions.
using System.Text;
using Surety.Lwm2m;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: generate-object-models <registry folder> <output file>");
    return 2;
}

// The current definitions come last: they win over their copies in the history.
string[] folders = [Path.Combine(args[0], "version_history"), args[0]];
SortedDictionary<(ushort Id, ObjectVersion Version), ObjectModel> models = [];
int files = 0;
foreach (string file in folders.SelectMany(folder => Directory.GetFiles(folder, "*.xml").Order(StringComparer.Ordinal)))
{
    // Common.xml, DDF.xml and the like describe no Object.
    if (!char.IsAsciiDigit(Path.GetFileName(file)[0])) continue;
    List<ObjectModel> read = [];
    using FileStream stream = File.OpenRead(file);
    if (!Lwm2mObjectXml.TryRead(stream, Path.GetRelativePath(args[0], file), read, out string? reason))
    {
        Console.Error.WriteLine(reason);
        return 1;
    }

    files++;
    foreach (ObjectModel model in read) models[(model.Id, model.Version)] = model;
}

StringBuilder text = new();
text.Append("# Object definitions: facts from OMA's LwM2M registry (github.com/OpenMobileAlliance/lwm2m-registry), made by eng/generate-object-models.cs.\n");
text.Append("# id, version, lwm2m version, S|M instances, M|O, name; resources: id, operations, S|M instances, M|O, type, name, range, units\n");
foreach (ObjectModel model in models.Values)
{
    AppendLine(model.Id, model.Version, model.Lwm2mVersion, model.IsMultiple ? "M" : "S", model.IsMandatory ? "M" : "O", model.Name);
    foreach (ResourceModel resource in model.Resources)
    {
        text.Append('\t');
        AppendLine(
            resource.Id,
            Operations(resource),
            resource.IsMultiple ? "M" : "S",
            resource.IsMandatory ? "M" : "O",
            resource.Type == ResourceType.None ? "-" : resource.Type,
            resource.Name,
            resource.Range,
            resource.Units);
    }
}

File.WriteAllText(args[1], text.ToString());
Console.WriteLine($"{files} files, {models.Count} definitions, {models.Values.Sum(m => m.Resources.Count)} resources, {text.Length} characters");
return 0;

void AppendLine(params object[] columns) => text.Append(string.Join('\t', columns).TrimEnd('\t')).Append('\n');

static string Operations(ResourceModel resource)
{
    string letters = $"{(resource.IsReadable ? "R" : "")}{(resource.IsWritable ? "W" : "")}{(resource.IsExecutable ? "E" : "")}";
    return letters.Length == 0 ? "-" : letters;
}
