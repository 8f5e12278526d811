namespace Surety.Server.Features.Connect;

/// <summary>An option of a message.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name; null: it is not known.</param>
/// <param name="Value">Its value: text, a number, or hexadecimal.</param>
internal sealed record TraceOption(int Number, string? Name, string Value);
