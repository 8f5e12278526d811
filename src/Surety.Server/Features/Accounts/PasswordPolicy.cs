using System.ComponentModel;

namespace Surety.Server.Features.Accounts;

/// <summary>What passwords of an account must be.</summary>
internal sealed record PasswordPolicy
{
    [Description("Characters that a password must have, 8 to 512.")]
    public required int MinimumLength { get; init; }
}
