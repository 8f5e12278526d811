using System.Text.Json;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Bootstrap;

/// <summary>A rule of an account: which devices get what at their bootstrap.</summary>
[Audited("bootstrap_rule", Label = nameof(Name))]
internal sealed class BootstrapRule : IEntity, IAccountOwned
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public required string Name { get; set; }

    public string Description { get; set; } = "";

    /// <summary>The rule with the lowest number is asked first.</summary>
    public int Priority { get; set; }

    public bool IsEnabled { get; set; } = true;

    /// <summary>A <see cref="BootstrapRuleContent"/> as JSON.</summary>
    public required string Content { get; set; }

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }

    public BootstrapRuleContent Read() => JsonSerializer.Deserialize<BootstrapRuleContent>(Content, Options) ?? new();

    public static string Write(BootstrapRuleContent content) => JsonSerializer.Serialize(content, Options);
}
