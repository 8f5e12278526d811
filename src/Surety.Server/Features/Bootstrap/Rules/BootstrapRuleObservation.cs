using System.ComponentModel;
using System.Text.Json.Serialization;
using Surety.Lwm2m;

namespace Surety.Server.Features.Bootstrap;

/// <summary>A path that is observed from a device's registration on. (Core TS 1.2.2, 6.4.1; the attributes: Table 7.3.2-1.)</summary>
internal sealed record BootstrapRuleObservation
{
    [Description("The path of an object, instance, resource or resource instance: /3303/0/5700. Devices that do not list it are left alone.")]
    public string? Path { get; init; }

    [Description("Least time between two notifications, seconds.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public uint? Pmin { get; init; }

    [Description("Greatest time between two notifications, seconds.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public uint? Pmax { get; init; }

    [Description("A value that crosses it is notified.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Gt { get; init; }

    [Description("A value that crosses it is notified.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Lt { get; init; }

    [Description("A value that differs by at least this much from the last one is notified.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? St { get; init; }

    [Description("Least time between two evaluations of gt, lt and st, seconds (LwM2M 1.1).")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public uint? Epmin { get; init; }

    [Description("Greatest time between two evaluations, seconds (LwM2M 1.1).")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public uint? Epmax { get; init; }

    [Description("true notifies the rising edge of a Boolean, false the falling one (LwM2M 1.2).")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Edge { get; init; }

    [Description("true: notifications are confirmable (LwM2M 1.2).")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Con { get; init; }

    [Description("Values that are kept while they cannot be sent (LwM2M 1.2).")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public uint? Hqmax { get; init; }

    public NotificationAttributes ToAttributes() => new()
    {
        MinimumPeriod = Pmin,
        MaximumPeriod = Pmax,
        GreaterThan = Gt,
        LessThan = Lt,
        Step = St,
        MinimumEvaluationPeriod = Epmin,
        MaximumEvaluationPeriod = Epmax,
        Edge = Edge,
        Confirmable = Con,
        MaximumHistoricalQueue = Hqmax,
    };
}
