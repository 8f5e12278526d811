namespace Surety.Server.Api.Filters;

/// <summary>The operators of the filter syntax; the names in lower case are those on the wire. (Pelion conventions, "Filters".)</summary>
internal enum FilterOperator
{
    /// <summary>Equal; also meant by a field without an operator.</summary>
    Eq,

    /// <summary>Not equal; a row without a value differs from every value.</summary>
    Neq,

    /// <summary>Equal to one of a comma-separated list.</summary>
    In,

    /// <summary>Equal to none of a comma-separated list.</summary>
    Nin,

    /// <summary>Less or equal.</summary>
    Lte,

    /// <summary>Greater or equal.</summary>
    Gte,

    /// <summary>Contains the text, whatever the case of letters.</summary>
    Like,
}
