namespace Surety.Client;

/// <summary>A member or parameter of a request that is wrong.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Message">What is wrong, to be read behind the name.</param>
public sealed record ErrorField(string Name, string? Message);
