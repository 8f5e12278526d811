namespace Surety.Device;

/// <summary>A renewal is under way already.</summary>
internal sealed class RenewalBusyException() : InvalidOperationException("A renewal is under way.");
