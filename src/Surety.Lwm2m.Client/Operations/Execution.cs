namespace Surety.Lwm2m.Client;

/// <summary>An Execute that was accepted: it runs outside of the client's lock.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="ResourceId">The Resource.</param>
/// <param name="Arguments">The arguments.</param>
internal sealed record Execution(ObjectInstance Instance, ushort ResourceId, ExecuteArguments Arguments);
