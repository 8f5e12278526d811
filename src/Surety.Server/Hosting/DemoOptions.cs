namespace Surety.Server.Hosting;

/// <summary>What <c>--demo</c> asks for.</summary>
/// <param name="Enabled">True: start simulated devices in this process.</param>
/// <param name="Lines">Where each device has its line; null: nowhere, nobody looks.</param>
internal sealed record DemoOptions(bool Enabled, LiveLines? Lines = null);
