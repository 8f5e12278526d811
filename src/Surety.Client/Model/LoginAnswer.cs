namespace Surety.Client;

/// <summary>The answer of <c>/auth/login</c>; <paramref name="ExpiresIn"/> in seconds.</summary>
internal sealed record LoginAnswer(string? Token, int ExpiresIn);
