namespace Surety.Lwm2m.Client;

/// <summary>What a registration tells and an Update may change.</summary>
/// <param name="Lifetime">Seconds.</param>
/// <param name="Modes">The bindings.</param>
/// <param name="Binding">The same with <c>Q</c> for queue mode, to compare.</param>
/// <param name="Links">The object list.</param>
internal sealed record RegistrationContent(uint Lifetime, BindingModes Modes, string Binding, byte[] Links);
