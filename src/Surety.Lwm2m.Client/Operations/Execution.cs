namespace Surety.Lwm2m.Client;

/// <summary>An Execute that was accepted: it runs outside of the client's lock.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="ResourceId">The Resource.</param>
/// <param name="Arguments">The arguments.</param>
internal sealed record Execution(ObjectInstance Instance, ushort ResourceId, ExecuteArguments Arguments)
{
    /// <summary>The payload, for a Resource whose arguments have a form of their own.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Executes it.</summary>
    /// <returns>The content of the answer.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> RunAsync(CancellationToken cancellationToken)
    {
        if (Instance.FindPost(ResourceId) is { } post)
            return await post(Payload, cancellationToken).ConfigureAwait(false);
        await Instance.OnExecuteAsync(ResourceId, Arguments, cancellationToken).ConfigureAwait(false);
        return default;
    }
}
