namespace Surety.Server.Features.PolicyGroups;

/// <summary>The policy groups that every account has, and those that its administrators make.</summary>
internal enum PolicyGroupKind
{
    /// <summary>Made by an administrator.</summary>
    Custom,

    /// <summary>May do everything; never without a member that can use it.</summary>
    Administrators,

    /// <summary>May do everything but manage accounts, users, keys and groups.</summary>
    Developers,

    /// <summary>May read, and change nothing.</summary>
    ReadOnly,
}
