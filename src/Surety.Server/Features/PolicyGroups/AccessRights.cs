using Surety.Server.Features.Accounts;

namespace Surety.Server.Features.PolicyGroups;

/// <summary>What a subject may do, from the policy groups that it is in; kept in memory with the authentication of the subject.</summary>
internal sealed class AccessRights
{
    /// <summary>Member of the policy group <c>Administrators</c>.</summary>
    public bool IsAdministrator { get; private init; }

    /// <summary>The rights of a subject whose memberships and their groups have been read.</summary>
    public static AccessRights Of(Subject subject) => new()
    {
        IsAdministrator = subject.Memberships.Exists(member => member.Group.Kind == PolicyGroupKind.Administrators),
    };
}
