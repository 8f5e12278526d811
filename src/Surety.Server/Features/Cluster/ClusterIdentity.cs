using System.Globalization;
using System.Text;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Cluster;

/// <summary>
/// Which node this is, in the file <c>node</c> of the data directory, with the number that it had last: a node that starts again is the same node, with its
/// devices and its channels.
/// </summary>
internal sealed class ClusterIdentity
{
    /// <summary>The file, in the data directory.</summary>
    public const string FileName = "node";

    /// <exception cref="StartupException">The file cannot be used.</exception>
    public ClusterIdentity(DataDirectory data, EntityIdGenerator ids)
    {
        Path = data.File(FileName);
        try
        {
            var parts = File.Exists(Path) ? File.ReadAllText(Path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
            if (parts.Length > 0 && EntityId.TryParse(parts[0], out var known))
            {
                Node = known;
                LastNumber = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < ClusterNode.MaxNodes
                    ? number
                    : null;
                return;
            }

            Node = ids.Next();
            Write(null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The file '{Path}', which says which node this is, cannot be used: {error.Message}", error);
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    public EntityId Node { get; }

    public int? LastNumber { get; private set; }

    /// <summary>Keeps the number, to have it again after a restart.</summary>
    public void Keep(int number)
    {
        if (LastNumber == number)
            return;
        LastNumber = number;
        Write(number);
    }

    private void Write(int? number)
    {
        var temporary = Path + ".new";
        File.WriteAllText(temporary, string.Create(CultureInfo.InvariantCulture, $"{Node} {number}\n"), Encoding.ASCII);
        File.Move(temporary, Path, overwrite: true);
    }
}
