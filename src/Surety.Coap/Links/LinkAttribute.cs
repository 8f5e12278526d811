namespace Surety.Coap;

/// <summary>An attribute of a link.</summary>
/// <param name="Name">The name, for example <c>rt</c>.</param>
/// <param name="Value">The value, escapes resolved; null for a flag such as <c>obs</c>.</param>
/// <param name="IsQuoted">Whether the value stands in quotes. A value that is not a <c>ptoken</c> is always written in quotes.</param>
public readonly record struct LinkAttribute(string Name, string? Value, bool IsQuoted = false);
