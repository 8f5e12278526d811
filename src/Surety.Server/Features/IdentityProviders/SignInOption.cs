namespace Surety.Server.Features.IdentityProviders;

/// <summary>A provider as a sign-in page shows it.</summary>
/// <param name="Id">The provider.</param>
/// <param name="Name">For people.</param>
/// <param name="Start">Where the browser goes: a path of this server, to which <c>?return_to=</c> may be added.</param>
internal sealed record SignInOption(EntityId Id, string Name, string Start);

/// <summary>The providers of an account as a sign-in page shows them.</summary>
internal sealed record SignInOptions(IReadOnlyList<SignInOption> Data)
{
    /// <summary>Always <c>list</c>.</summary>
    public string Object { get; init; } = "list";
}
