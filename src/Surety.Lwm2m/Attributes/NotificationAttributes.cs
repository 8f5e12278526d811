using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Surety.Lwm2m;

/// <summary>The attributes of class NOTIFICATION (Core TS 1.2.2, Table 7.3.2-1). Null: not set at this level.</summary>
public sealed record NotificationAttributes
{
    /// <summary>Nothing set.</summary>
    public static NotificationAttributes None { get; } = new();

    /// <summary><c>pmin</c>: least time between two notifications, in seconds.</summary>
    public uint? MinimumPeriod { get; init; }

    /// <summary><c>pmax</c>: greatest time between two notifications, in seconds. 0, or less than pmin: ignored.</summary>
    public uint? MaximumPeriod { get; init; }

    /// <summary><c>gt</c>: a value that crosses it is notified.</summary>
    public double? GreaterThan { get; init; }

    /// <summary><c>lt</c>: a value that crosses it is notified.</summary>
    public double? LessThan { get; init; }

    /// <summary><c>st</c>: a value that differs by at least this much from the last one sent is notified.</summary>
    public double? Step { get; init; }

    /// <summary><c>epmin</c>: least time between two evaluations of the conditions, in seconds (since LwM2M 1.1).</summary>
    public uint? MinimumEvaluationPeriod { get; init; }

    /// <summary><c>epmax</c>: greatest time between two evaluations of the conditions, in seconds (since LwM2M 1.1).</summary>
    public uint? MaximumEvaluationPeriod { get; init; }

    /// <summary><c>edge</c>: true notifies the rising edge of a Boolean, false the falling one (since LwM2M 1.2).</summary>
    public bool? Edge { get; init; }

    /// <summary><c>con</c>: true asks for confirmable notifications (since LwM2M 1.2).</summary>
    public bool? Confirmable { get; init; }

    /// <summary><c>hqmax</c>: how many values are kept while notifications cannot be sent (since LwM2M 1.2).</summary>
    public uint? MaximumHistoricalQueue { get; init; }

    /// <summary>Whether nothing is set.</summary>
    public bool IsEmpty => this == None;

    /// <summary>The attributes that are set.</summary>
    public AttributeNames Names
    {
        get
        {
            AttributeNames names = AttributeNames.None;
            foreach (AttributeText.Attribute attribute in AttributeText.All)
            {
                if (attribute.IsSet(this)) names |= attribute.Flag;
            }

            return names;
        }
    }

    /// <summary>These attributes, completed by those of the level above: what is set here wins (Core TS 1.2.2, 7.3.2).</summary>
    public NotificationAttributes Over(NotificationAttributes above)
    {
        ArgumentNullException.ThrowIfNull(above);
        if (above.IsEmpty) return this;
        return IsEmpty ? above : new NotificationAttributes
        {
            MinimumPeriod = MinimumPeriod ?? above.MinimumPeriod,
            MaximumPeriod = MaximumPeriod ?? above.MaximumPeriod,
            GreaterThan = GreaterThan ?? above.GreaterThan,
            LessThan = LessThan ?? above.LessThan,
            Step = Step ?? above.Step,
            MinimumEvaluationPeriod = MinimumEvaluationPeriod ?? above.MinimumEvaluationPeriod,
            MaximumEvaluationPeriod = MaximumEvaluationPeriod ?? above.MaximumEvaluationPeriod,
            Edge = Edge ?? above.Edge,
            Confirmable = Confirmable ?? above.Confirmable,
            MaximumHistoricalQueue = MaximumHistoricalQueue ?? above.MaximumHistoricalQueue,
        };
    }

    /// <summary>
    /// Checks the values against each other and against the level and type of the node they are attached to. A pmax below pmin is valid: it is
    /// ignored (Core TS 1.2.2, Table 7.3.2-1).
    /// </summary>
    /// <param name="path">The node.</param>
    /// <param name="type">The node's type when it is a Resource or Resource Instance and known.</param>
    /// <param name="reason">Which rule is broken; the answer is 4.00.</param>
    public bool IsValidFor(Lwm2mPath path, ResourceType? type, [NotNullWhen(false)] out string? reason)
    {
        reason = FindFault(path, type);
        return reason is null;
    }

    /// <summary>The attributes as URI queries, for example <c>pmin=10</c>, <c>gt=2.5</c>, in the order of the specification's table.</summary>
    public IEnumerable<string> ToQueries() => AttributeText.All.Where(a => a.IsSet(this)).Select(a => $"{a.Name}={a.Format(this)}");

    /// <summary>The attributes as link attributes, for example <c>;pmin=10;gt=2.5</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (string query in ToQueries()) text.Append(';').Append(query);
        return text.ToString();
    }

    private string? FindFault(Lwm2mPath path, ResourceType? type)
    {
        if (path.IsRoot) return "attributes cannot be attached to the root";
        bool hasThresholds = GreaterThan is not null || LessThan is not null || Step is not null;
        if (path.Level < 3 && hasThresholds) return "gt, lt and st belong to Resources and Resource Instances";
        if (path.Level < 3 && Edge is not null) return "edge belongs to Resources and Resource Instances";
        if (hasThresholds && type is { } numeric && !IsNumeric(numeric)) return $"gt, lt and st need a number, {path} is {numeric}";
        if (Edge is not null && type is { } boolean and not ResourceType.Boolean) return $"edge needs a Boolean, {path} is {boolean}";
        if (Step < 0) return "st must not be negative";
        if (LessThan is double lessThan && GreaterThan is double greaterThan)
        {
            if (lessThan >= greaterThan) return "lt must be less than gt";
            if (lessThan + (2 * Step.GetValueOrDefault()) >= greaterThan) return "lt + 2 * st must be less than gt";
        }

        return MinimumEvaluationPeriod >= MaximumEvaluationPeriod ? "epmin must be less than epmax" : null;
    }

    private static bool IsNumeric(ResourceType type) =>
        type is ResourceType.Integer or ResourceType.UnsignedInteger or ResourceType.Float or ResourceType.Time;
}
