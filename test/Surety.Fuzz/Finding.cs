namespace Surety.Fuzz;

/// <summary>An input that broke something.</summary>
internal sealed class Finding(string message, Exception? inner = null) : Exception(message, inner);
