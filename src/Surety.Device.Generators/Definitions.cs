using System.Globalization;

namespace Surety.Device.Generators;

/// <summary>OMA's registry, as <c>objects.txt</c> has it; its head says how it is written.</summary>
internal static class Definitions
{
    private static readonly Lazy<Dictionary<int, List<ObjectDefinition>>> All = new(Read);

    /// <summary>The definition of an Object: of a version, or the newest; null when nobody describes it.</summary>
    public static ObjectDefinition? Find(int id, string? version)
    {
        if (!All.Value.TryGetValue(id, out List<ObjectDefinition>? versions))
            return null;
        return version is null ? versions.OrderBy(item => item.Order).Last() : versions.Find(item => item.Version == version);
    }

    private static Dictionary<int, List<ObjectDefinition>> Read()
    {
        var all = new Dictionary<int, List<ObjectDefinition>>();
        using Stream stream = typeof(Definitions).Assembly.GetManifestResourceStream("objects.txt")!;
        using var reader = new StreamReader(stream);
        ObjectDefinition? current = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            string[] cells = line.Split('\t');
            if (line[0] == '\t')
            {
                current!.Resources.Add(new ResourceDefinition(
                    Number(cells[1]), cells[6], cells[2].Replace("-", ""), cells[3] == "M", cells[4] == "M", cells[5] is "-" or "" ? "None" : cells[5],
                    cells.Length > 7 ? cells[7] : "", cells.Length > 8 ? cells[8] : ""));
                continue;
            }

            current = new ObjectDefinition(Number(cells[0]), cells[1], cells[5], cells[3] == "M");
            if (!all.TryGetValue(current.Id, out List<ObjectDefinition>? versions))
                all[current.Id] = versions = [];
            versions.Add(current);
        }

        return all;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
