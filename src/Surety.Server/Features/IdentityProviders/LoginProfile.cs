using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>With what a user signs in. (account-management, LoginProfile.)</summary>
internal sealed record LoginProfile
{
    /// <summary>Stands for the password where an identity provider stands otherwise.</summary>
    public static readonly EntityId Native = new(0, 1);

    [Description("The ID of the identity provider; 00000000000000000000000000000001 is the password.")]
    public string? Id { get; init; }

    [Description("Read only.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [Description("Read only.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IdentityProviderType? Type { get; init; }

    [Description("Read only: the user at the provider, since the first sign-in.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ForeignId { get; init; }
}
