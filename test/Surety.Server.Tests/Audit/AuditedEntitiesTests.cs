using System.Reflection;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Tests.Audit;

/// <summary>Whoever adds a table says whether the audit log tells of it; whoever adds a secret says so, too.</summary>
public sealed class AuditedEntitiesTests
{
    // Names that sound like secrets and are none: fingerprints of what everybody may see, and what passwords must be like.
    private static readonly HashSet<string> NoSecrets =
    [
        "Device.DeviceKey", "IssuedCertificateRecord.IssuerKeyId", "Account.PasswordMinimumLength", "Account.PasswordRecoveryExpiration",
        "IdentityProvider.TakesSecretInBody",
    ];

    private static readonly string[] Suspicious = ["secret", "password", "protected", "credential", "hash", "token", "private", "headers", "pin", "seed"];

    [Fact]
    public void Every_entity_is_audited_or_says_why_it_is_not()
    {
        var entities = Entities();
        Assert.NotEmpty(entities);
        Assert.All(entities, type => Assert.True(
            type.GetCustomAttribute<AuditedAttribute>() is not null ^ type.GetCustomAttribute<NotAuditedAttribute>() is not null,
            $"{type.Name} needs [Audited(name)] or [NotAudited(reason)]"));
    }

    [Fact]
    public void Every_member_of_an_audited_entity_that_sounds_like_a_secret_is_marked()
    {
        var members = Entities().Where(type => type.GetCustomAttribute<AuditedAttribute>() is not null)
            .SelectMany(type => type.GetProperties().Where(property => Sounds(property.Name) && !NoSecrets.Contains($"{type.Name}.{property.Name}"))).ToList();
        Assert.NotEmpty(members);
        Assert.All(members, member => Assert.True(
            member.GetCustomAttribute<SecretAttribute>() is not null || member.GetCustomAttribute<NotAuditedAttribute>() is not null,
            $"{member.DeclaringType!.Name}.{member.Name} sounds like a secret: mark it [Secret], or [NotAudited], or say in this test that it is none"));
    }

    [Fact]
    public void Names_in_the_log_are_unique()
    {
        var names = Entities().Select(type => type.GetCustomAttribute<AuditedAttribute>()?.Name).Where(name => name is not null).ToList();
        Assert.Equal(names.Distinct().Count(), names.Count);
        Assert.All(names, name => Assert.Matches("^[a-z_]+$", name));
    }

    private static bool Sounds(string name) => Suspicious.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        || name.EndsWith("Key", StringComparison.Ordinal) || name.EndsWith("KeyId", StringComparison.Ordinal);

    private static List<Type> Entities() => [.. typeof(Account).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IAccountOwned).IsAssignableFrom(type)), typeof(Account)];
}
