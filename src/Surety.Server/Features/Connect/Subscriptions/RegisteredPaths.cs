using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Connect;

/// <summary>What rules with a wildcard choose from.</summary>
internal static class RegisteredPaths
{
    /// <summary>The deepest that the device lists, instances or resources; no secrets.</summary>
    public static IReadOnlyList<Lwm2mPath> Observable(Registration registration)
    {
        var all = new List<Lwm2mPath>();
        foreach (var link in RegisteredLink.Read(registration.ObjectList.Span, registration.Links.RootPath))
        {
            if (Lwm2mPath.TryParse(link.Path, out var path) && path.Level >= 2 && !CoreObjects.IsSecret(path.ObjectId))
                all.Add(path);
        }

        var withDeeper = all.Where(path => path.Level > 2).Select(path => path.Truncate(2)).ToHashSet();
        return [.. all.Where(path => !withDeeper.Contains(path))];
    }
}
