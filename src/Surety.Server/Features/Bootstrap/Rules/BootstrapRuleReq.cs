using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Surety.Server.Features.Bootstrap;

/// <summary>A rule as it is to be; what is left out has its default, also when a rule is replaced.</summary>
internal sealed record BootstrapRuleReq
{
    [Description("The name of the rule.")]
    [Required]
    [MaxLength(100)]
    public string? Name { get; init; }

    [Description("For people.")]
    [MaxLength(2000)]
    public string? Description { get; init; }

    [Description("Rules are asked in the order of this number, the lowest first; of equal ones the older.")]
    [Required]
    [Range(0, 1_000_000)]
    public int? Priority { get; init; }

    [Description("false: the rule is not asked. Default true.")]
    public bool? Enabled { get; init; }

    [Description("Which devices the rule is for; without it, all.")]
    public BootstrapRuleMatch? Match { get; init; }

    [Description("The LwM2M server that the devices are given.")]
    public BootstrapRuleServer? Server { get; init; }

    [Description("Further instances that are written: {\"/16/0\": {\"0\": [\"line 4\"]}}; values are checked against the definitions of the objects.")]
    public Dictionary<string, Dictionary<string, JsonElement>>? Instances { get; init; }

    [Description("What is observed of the devices whenever they register; the values go to every channel of the account.")]
    public List<BootstrapRuleObservation>? Observations { get; init; }

    [Description("coaps://host:port of another bootstrap server, to which the devices are sent; with it nothing else is given.")]
    [MaxLength(255)]
    public string? Redirect { get; init; }

    public BootstrapRuleContent ToContent() => new()
    {
        Match = Match ?? new(),
        Server = Server ?? new(),
        Instances = (Instances ?? []).ToDictionary(pair => pair.Key, IReadOnlyDictionary<string, JsonElement> (pair) => pair.Value),
        Observations = Observations ?? [],
        Redirect = Redirect ?? "",
    };
}
