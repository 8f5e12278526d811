using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Connect;

/// <summary>The rules of one application, ready to be matched.</summary>
internal sealed class PresubscriptionRules
{
    /// <summary>Rules an application may have.</summary>
    public const int MaxRules = 1024;

    /// <summary>Different paths in all its rules.</summary>
    public const int MaxPaths = 256;

    /// <summary>Characters of a path.</summary>
    public const int MaxPathLength = 128;

    public PresubscriptionRules(EntityId account, EntityId application, IReadOnlyList<Presubscription> rules)
    {
        Account = account;
        Application = application;
        Rules = rules;
    }

    public EntityId Account { get; }

    public EntityId Application { get; }

    public IReadOnlyList<Presubscription> Rules { get; }

    /// <summary>The paths of a device that the rules subscribe to.</summary>
    public IEnumerable<Lwm2mPath> PathsFor(Registration registration, Lazy<IReadOnlyList<Lwm2mPath>> registered)
    {
        var found = new HashSet<Lwm2mPath>();
        foreach (var rule in Rules)
        {
            if (!Matches(rule, registration))
                continue;
            // Without paths a rule means everything that the device has.
            foreach (var pattern in rule.ResourcePath ?? ["*"])
            {
                if (!pattern.EndsWith('*'))
                {
                    if (Lwm2mPath.TryParse(pattern, out var path) && !path.IsRoot && registration.Links.Contains(path))
                        found.Add(path);
                    continue;
                }

                foreach (var path in registered.Value)
                {
                    if (path.ToString().StartsWith(pattern[..^1], StringComparison.Ordinal))
                        found.Add(path);
                }
            }
        }

        return found;
    }

    /// <summary>Whether the rules want a path of the device, which it has reported by itself.</summary>
    public bool Wants(Registration registration, Lwm2mPath path)
    {
        foreach (var rule in Rules)
        {
            if (!Matches(rule, registration))
                continue;
            if (rule.ResourcePath is null)
                return true;
            foreach (var pattern in rule.ResourcePath)
            {
                if (pattern.EndsWith('*')
                    ? path.ToString().StartsWith(pattern[..^1], StringComparison.Ordinal)
                    : Lwm2mPath.TryParse(pattern, out var wanted) && path.StartsWith(wanted))
                    return true;
            }
        }

        return false;
    }

    private static bool Matches(Presubscription rule, Registration registration) =>
        (rule.EndpointType is null || rule.EndpointType == registration.EndpointType)
        && (rule.EndpointName is not { } name || IsMatch(registration.Device.ToString(), name));

    private static bool IsMatch(string id, string pattern) => pattern.EndsWith('*')
        ? id.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(id, pattern, StringComparison.OrdinalIgnoreCase);
}
