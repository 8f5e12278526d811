namespace Surety.Cli;

/// <summary>A name on the command line is that of no device.</summary>
internal sealed class NoSuchDeviceException(string message) : Exception(message);
