namespace Surety.Cli;

/// <summary>There is no server and no key to call it with.</summary>
internal sealed class NotSignedInException(string message) : Exception(message);
