using System.Globalization;
using System.Reflection;
using Surety.Server.Api.Filters;

namespace Surety.Server.Api;

/// <summary>What the query string of a list says: paging, and conditions for a <see cref="FilterSet{T}"/>.</summary>
internal sealed record ListQuery : IBindableFromHttpContext<ListQuery>
{
    public const int MinLimit = 2;
    public const int MaxLimit = 1000;

    /// <summary>The page size of lists that document none, and of account management.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The page size that was asked for, already within the bounds; null when none was.</summary>
    public int? Limit { get; init; }

    /// <summary>The last id of the page before; it need not exist any more.</summary>
    public EntityId? After { get; init; }

    public ListOrder Order { get; init; }

    /// <summary>The parts of <c>include</c>, blanks removed.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>The conditions of the parameters <c>field__op</c> and of <c>filter</c>, not yet matched with fields.</summary>
    public IReadOnlyList<FilterCondition> Conditions { get; init; } = [];

    public bool WantsTotalCount => Include.Contains("total_count", StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ApiException">400 with the parameter that is wrong.</exception>
    public static ValueTask<ListQuery?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Read(context.Request.Query));

    /// <inheritdoc cref="BindAsync"/>
    public static ListQuery Read(IQueryCollection query)
    {
        var conditions = new FilterConditions();
        var result = new ListQuery();
        foreach (var (name, values) in query)
        {
            // A parameter that is given twice holds both times; for paging the last one counts.
            foreach (var value in values)
            {
                var text = value ?? "";
                switch (name)
                {
                    case "limit":
                        result = result with { Limit = ReadLimit(text) };
                        break;
                    case "after":
                        result = result with { After = ReadAfter(text) };
                        break;
                    case "order":
                        result = result with { Order = ReadOrder(text) };
                        break;
                    case "include":
                        result = result with
                        {
                            Include = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                        };
                        break;
                    case "filter":
                        conditions.AddString(text);
                        break;
                    default:
                        conditions.Add(name, text);
                        break;
                }
            }
        }

        return result with { Conditions = conditions.ToList() };
    }

    private static int? ReadLimit(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit))
            return (int)Math.Clamp(limit, MinLimit, MaxLimit);
        throw ApiException.Invalid("limit", "must be a whole number");
    }

    private static EntityId? ReadAfter(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return EntityId.TryParse(text, out var id) ? id : throw ApiException.Invalid("after", "must be an id of 32 hexadecimal digits");
    }

    private static ListOrder ReadOrder(string text) => text.ToUpperInvariant() switch
    {
        "" or "ASC" => ListOrder.Ascending,
        "DESC" => ListOrder.Descending,
        _ => throw ApiException.Invalid("order", "must be ASC or DESC"),
    };
}
