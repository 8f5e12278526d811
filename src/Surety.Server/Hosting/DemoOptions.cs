namespace Surety.Server.Hosting;

/// <summary>What <c>--demo</c> asks for.</summary>
/// <param name="Enabled">True: start simulated devices in this process.</param>
internal sealed record DemoOptions(bool Enabled);
