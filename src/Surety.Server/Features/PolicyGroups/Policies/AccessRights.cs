using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.PolicyGroups.Policies;

/// <summary>
/// What a caller may do: the policies of all its groups, evaluated once and kept with the caller. What one denies no other allows; what none allows is
/// denied; no policy binds an administrator, or nobody could take it back.
/// </summary>
internal sealed class AccessRights
{
    private readonly FeatureActions[] _allowed = new FeatureActions[PlatformFeatures.All.Count];
    private readonly FeatureActions[] _denied = new FeatureActions[PlatformFeatures.All.Count];
    private readonly List<(ResourcePattern Resource, FeatureActions Actions, bool Allow)> _resources = [];
    private readonly bool _isAdministrator;

    private AccessRights(bool isAdministrator) => _isAdministrator = isAdministrator;

    /// <summary>Nothing.</summary>
    public static AccessRights None { get; } = new(isAdministrator: false);

    /// <summary>Everything.</summary>
    public static AccessRights Administrator { get; } = new(isAdministrator: true);

    /// <summary>Whether <see cref="Allows"/> looks at the path.</summary>
    public bool HasResources => _resources.Count > 0;

    /// <summary>The rights of a subject, whose memberships and their groups must have been read.</summary>
    public static AccessRights Of(Subject subject) =>
        subject.IsAdministrator() ? Administrator : Of(subject.Memberships.SelectMany(member => FeaturePolicies.Of(member.Group)));

    /// <summary>The rights of who is no administrator and has these policies.</summary>
    public static AccessRights Of(IEnumerable<FeaturePolicy> policies)
    {
        var rights = new AccessRights(isAdministrator: false);
        foreach (var policy in policies)
            rights.Add(policy);
        return rights;
    }

    /// <summary>Whether an action is allowed.</summary>
    /// <param name="feature">That of the endpoint.</param>
    /// <param name="action">One action.</param>
    /// <param name="path">The path, of <see cref="ResourcePattern.PathOf"/>; not looked at without <see cref="HasResources"/>.</param>
    public bool Allows(Feature feature, FeatureActions action, string path)
    {
        if (_isAdministrator)
            return true;
        if ((feature.Grantable & action) == 0 || (_denied[feature.Index] & action) != 0)
            return false;
        var isAllowed = (_allowed[feature.Index] & action) != 0;
        foreach (var (resource, actions, allow) in _resources)
        {
            if ((allow && isAllowed) || (actions & action) == 0 || !resource.Matches(path))
                continue;
            if (!allow)
                return false;
            isAllowed = true;
        }

        return isAllowed;
    }

    private void Add(FeaturePolicy policy)
    {
        // What is stored was checked; a feature that a later version has no more is nothing.
        var actions = FeaturePolicies.ParseActions(policy.Action) ?? FeatureActions.None;
        if (policy.Resource is { } resource)
            _resources.Add((new ResourcePattern(resource), actions, policy.Allow == true));
        else if (policy.Feature is { } name && PlatformFeatures.Find(name) is { } feature)
            (policy.Allow == true ? _allowed : _denied)[feature.Index] |= actions;
    }
}
