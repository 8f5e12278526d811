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

    private readonly Rule[] _rules;

    public PresubscriptionRules(EntityId account, EntityId application, IReadOnlyList<Presubscription> rules)
    {
        Account = account;
        Application = application;
        Rules = rules;
        // Parsed once: they are matched at each registration, and at each value that devices report by themselves.
        _rules = [.. rules.Select(rule => new Rule(rule))];
    }

    public EntityId Account { get; }

    public EntityId Application { get; }

    public IReadOnlyList<Presubscription> Rules { get; }

    /// <summary>The same application without rules.</summary>
    public PresubscriptionRules None => new(Account, Application, []);

    /// <summary>The paths of a device that the rules subscribe to.</summary>
    public IEnumerable<Lwm2mPath> PathsFor(Registration registration, Lazy<IReadOnlyList<Lwm2mPath>> registered)
    {
        var found = new HashSet<Lwm2mPath>();
        foreach (var rule in _rules)
        {
            if (!rule.Concerns(registration))
                continue;
            foreach (var pattern in rule.Paths)
            {
                if (pattern.Path is { } path)
                {
                    if (registration.Links.Contains(path))
                        found.Add(path);
                }
                else
                {
                    foreach (var candidate in registered.Value)
                    {
                        if (pattern.IsBeginningOf(candidate))
                            found.Add(candidate);
                    }
                }
            }
        }

        return found;
    }

    /// <summary>Whether the rules want a path of the device, which it has reported by itself.</summary>
    public bool Wants(Registration registration, Lwm2mPath path)
    {
        foreach (var rule in _rules)
        {
            if (rule.Concerns(registration) && rule.Paths.Any(pattern => pattern.Path is { } wanted ? path.StartsWith(wanted) : pattern.IsBeginningOf(path)))
                return true;
        }

        return false;
    }

    private sealed class Rule
    {
        private readonly string? _endpointType;
        private readonly string? _deviceId;
        private readonly bool _isBeginning;

        public Rule(Presubscription rule)
        {
            _endpointType = rule.EndpointType;
            _isBeginning = rule.EndpointName?.EndsWith('*') ?? false;
            _deviceId = _isBeginning ? rule.EndpointName![..^1] : rule.EndpointName;
            // Without paths a rule means everything that the device has. What is no path, or the root, means nothing.
            Paths = [.. (rule.ResourcePath ?? ["*"]).Select(PathPattern.Of).OfType<PathPattern>()];
        }

        public PathPattern[] Paths { get; }

        public bool Concerns(Registration registration)
        {
            if (_endpointType is not null && _endpointType != registration.EndpointType)
                return false;
            if (_deviceId is null)
                return true;
            var id = registration.Device.ToString();
            return _isBeginning ? id.StartsWith(_deviceId, StringComparison.OrdinalIgnoreCase) : id.Equals(_deviceId, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>A path, or what paths begin with.</summary>
    private sealed record PathPattern(Lwm2mPath? Path, string Beginning)
    {
        public static PathPattern? Of(string text)
        {
            if (text.EndsWith('*'))
                return new PathPattern(null, text[..^1]);
            return Lwm2mPath.TryParse(text, out var path) && !path.IsRoot ? new PathPattern(path, "") : null;
        }

        public bool IsBeginningOf(Lwm2mPath path)
        {
            Span<char> text = stackalloc char[Lwm2mPath.MaxTextLength];
            return path.TryFormat(text, out var length) && text[..length].StartsWith(Beginning, StringComparison.Ordinal);
        }
    }
}
