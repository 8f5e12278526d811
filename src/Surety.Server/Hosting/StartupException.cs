namespace Surety.Server.Hosting;

/// <summary>
/// A reason not to start that the operator can remove. The message is all that is shown: it says what is wrong and what to do.
/// </summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
