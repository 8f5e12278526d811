namespace Surety.Server.Tests.Bootstrap;

/// <summary>A server that devices on this machine find by the address that they are given.</summary>
public class BootstrapKeyFixture : BootstrapServerFixture
{
    private protected override ValueTask<string[]> SettingsAsync() => new([]);
}
