namespace Surety.Server.Features.Bootstrap;

/// <summary>The key of one bootstrap, once it is made.</summary>
internal sealed class GivenKey
{
    /// <summary>Null: none was made yet.</summary>
    public BootstrapKey? Key { get; set; }
}
