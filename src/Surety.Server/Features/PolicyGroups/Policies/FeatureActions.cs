namespace Surety.Server.Features.PolicyGroups.Policies;

/// <summary>What policies allow and deny: the methods of HTTP. (account-management, FeaturePolicy.)</summary>
[Flags]
internal enum FeatureActions
{
    None = 0,

    Get = 1,

    Post = 2,

    Put = 4,

    Delete = 8,

    Patch = 16,

    /// <summary>What the empty text stands for.</summary>
    All = Get | Post | Put | Delete | Patch,
}
