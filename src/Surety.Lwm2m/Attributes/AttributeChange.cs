using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Surety.Lwm2m;

/// <summary>What a Write-Attributes asks for: values to set, and attributes to unset (a name without value; Core TS 1.2.2, 6.3.4).</summary>
/// <param name="Set">The values to set.</param>
/// <param name="Unset">The attributes to unset.</param>
public readonly record struct AttributeChange(NotificationAttributes Set, AttributeNames Unset)
{
    /// <summary>Reads the URI queries of a Write-Attributes or, as Observation Attributes, of an Observe.</summary>
    /// <param name="queries">For example <c>pmin=10</c> and <c>pmax</c>.</param>
    /// <param name="change">The change.</param>
    /// <param name="reason">What is wrong; the answer is 4.00.</param>
    public static bool TryParse(IEnumerable<string> queries, out AttributeChange change, [NotNullWhen(false)] out string? reason)
    {
        change = new AttributeChange(NotificationAttributes.None, AttributeNames.None);
        NotificationAttributes set = NotificationAttributes.None;
        AttributeNames unset = AttributeNames.None;
        foreach (string query in queries)
        {
            reason = Take(query, ref set, ref unset);
            if (reason is not null) return false;
        }

        change = new AttributeChange(set, unset);
        reason = null;
        return true;
    }

    /// <summary>The attributes after the change.</summary>
    public NotificationAttributes ApplyTo(NotificationAttributes current)
    {
        NotificationAttributes result = Set.Over(current);
        foreach (AttributeText.Attribute attribute in AttributeText.All)
        {
            if ((Unset & attribute.Flag) != 0) result = attribute.Clear(result);
        }

        return result;
    }

    /// <summary>The change as URI queries, in the order of the specification's table.</summary>
    public IEnumerable<string> ToQueries()
    {
        foreach (AttributeText.Attribute attribute in AttributeText.All)
        {
            if (attribute.IsSet(Set)) yield return $"{attribute.Name}={attribute.Format(Set)}";
            else if ((Unset & attribute.Flag) != 0) yield return attribute.Name;
        }
    }

    private static string? Take(string query, ref NotificationAttributes set, ref AttributeNames unset)
    {
        if (query.Length > AttributeText.MaxValue) return "an attribute is too long";
        Span<byte> utf8 = stackalloc byte[3 * AttributeText.MaxValue];
        ReadOnlySpan<byte> text = utf8[..Encoding.UTF8.GetBytes(query, utf8)];
        int equals = text.IndexOf((byte)'=');
        AttributeText.Attribute? attribute = AttributeText.Find(equals < 0 ? text : text[..equals]);
        if (attribute is null) return $"'{query}' is no attribute that can be written";
        if (attribute.IsSet(set) || (unset & attribute.Flag) != 0) return $"'{attribute.Name}' occurs twice";
        if (equals < 0)
        {
            unset |= attribute.Flag;
            return null;
        }

        return attribute.TryParse(text[(equals + 1)..], ref set) ? null : $"'{query}' has a value of the wrong form";
    }
}
