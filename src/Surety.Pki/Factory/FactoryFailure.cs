namespace Surety.Pki;

/// <summary>A device that was asked for and not made.</summary>
/// <param name="Item">The endpoint name, or the file of the request.</param>
/// <param name="Reason">Why.</param>
public sealed record FactoryFailure(string Item, string Reason);
