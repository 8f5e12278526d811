using System.Globalization;
using System.Text;

namespace Surety.Lwm2m;

/// <summary>The attributes one by one: name, syntax, place (Core TS 1.2.2, Table 7.3.2-1).</summary>
internal static class AttributeText
{
    /// <summary>Longest value in characters.</summary>
    public const int MaxValue = FloatText.MaxLength;

    /// <summary>All attributes in the order of the specification's table.</summary>
    public static readonly Attribute[] All =
    [
        Whole("pmin", AttributeNames.MinimumPeriod, a => a.MinimumPeriod, (a, v) => a with { MinimumPeriod = v }),
        Whole("pmax", AttributeNames.MaximumPeriod, a => a.MaximumPeriod, (a, v) => a with { MaximumPeriod = v }),
        Decimal("gt", AttributeNames.GreaterThan, a => a.GreaterThan, (a, v) => a with { GreaterThan = v }, isSigned: true),
        Decimal("lt", AttributeNames.LessThan, a => a.LessThan, (a, v) => a with { LessThan = v }, isSigned: true),
        Decimal("st", AttributeNames.Step, a => a.Step, (a, v) => a with { Step = v }, isSigned: false),
        Whole("epmin", AttributeNames.MinimumEvaluationPeriod, a => a.MinimumEvaluationPeriod, (a, v) => a with { MinimumEvaluationPeriod = v }),
        Whole("epmax", AttributeNames.MaximumEvaluationPeriod, a => a.MaximumEvaluationPeriod, (a, v) => a with { MaximumEvaluationPeriod = v }),
        Bit("edge", AttributeNames.Edge, a => a.Edge, (a, v) => a with { Edge = v }),
        Bit("con", AttributeNames.Confirmable, a => a.Confirmable, (a, v) => a with { Confirmable = v }),
        Whole("hqmax", AttributeNames.MaximumHistoricalQueue, a => a.MaximumHistoricalQueue, (a, v) => a with { MaximumHistoricalQueue = v }),
    ];

    public delegate bool Parser(ReadOnlySpan<byte> value, ref NotificationAttributes attributes);

    public static Attribute? Find(ReadOnlySpan<byte> name)
    {
        foreach (Attribute attribute in All)
        {
            if (name.SequenceEqual(attribute.Utf8Name)) return attribute;
        }

        return null;
    }

    private static Attribute Whole(
        string name,
        AttributeNames flag,
        Func<NotificationAttributes, uint?> get,
        Func<NotificationAttributes, uint?, NotificationAttributes> set)
    {
        bool Parse(ReadOnlySpan<byte> value, ref NotificationAttributes attributes)
        {
            if (!uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)) return false;
            attributes = set(attributes, number);
            return true;
        }

        return new Attribute(name, flag, a => get(a) is not null, a => get(a)!.Value.ToString(CultureInfo.InvariantCulture), Parse, a => set(a, null));
    }

    private static Attribute Decimal(
        string name,
        AttributeNames flag,
        Func<NotificationAttributes, double?> get,
        Func<NotificationAttributes, double?, NotificationAttributes> set,
        bool isSigned)
    {
        // The table's syntax has neither sign nor exponent, but thresholds such as those of a signal strength are negative, and peers write both.
        bool Parse(ReadOnlySpan<byte> value, ref NotificationAttributes attributes)
        {
            if (!FloatText.TryParse(value, out double number) || (number < 0 && !isSigned)) return false;
            attributes = set(attributes, number);
            return true;
        }

        return new Attribute(name, flag, a => get(a) is not null, a => Plain(get(a)!.Value), Parse, a => set(a, null));
    }

    private static Attribute Bit(
        string name,
        AttributeNames flag,
        Func<NotificationAttributes, bool?> get,
        Func<NotificationAttributes, bool?, NotificationAttributes> set)
    {
        bool Parse(ReadOnlySpan<byte> value, ref NotificationAttributes attributes)
        {
            if (value is not [(byte)'0' or (byte)'1']) return false;
            attributes = set(attributes, value[0] == (byte)'1');
            return true;
        }

        return new Attribute(name, flag, a => get(a) is not null, a => get(a)!.Value ? "1" : "0", Parse, a => set(a, null));
    }

    private static string Plain(double value)
    {
        Span<byte> text = stackalloc byte[FloatText.MaxLength];
        return Encoding.ASCII.GetString(text[..FloatText.FormatPlain(value, text)]);
    }

    /// <summary>What there is to know about one attribute.</summary>
    public sealed record Attribute(
        string Name,
        AttributeNames Flag,
        Func<NotificationAttributes, bool> IsSet,
        Func<NotificationAttributes, string> Format,
        Parser TryParse,
        Func<NotificationAttributes, NotificationAttributes> Clear)
    {
        public byte[] Utf8Name { get; } = Encoding.ASCII.GetBytes(Name);
    }
}
