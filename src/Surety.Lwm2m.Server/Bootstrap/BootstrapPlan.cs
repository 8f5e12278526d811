using System.Runtime.CompilerServices;

namespace Surety.Lwm2m.Server;

/// <summary>What is done with a device, operation by operation.</summary>
public sealed record BootstrapPlan
{
    private readonly Func<BootstrapProgress, IAsyncEnumerable<BootstrapOperation>> _operations;

    /// <summary>The same operations whatever the device answers. A Finish is added when there is none.</summary>
    public BootstrapPlan(IReadOnlyList<BootstrapOperation> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        _operations = _ => operations.ToAsyncEnumerable();
    }

    /// <summary>
    /// Operations that depend on the answers so far: each is asked for when the one before it was answered. A Finish is added when the last
    /// operation was none.
    /// </summary>
    public BootstrapPlan(Func<BootstrapProgress, IAsyncEnumerable<BootstrapOperation>> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        _operations = operations;
    }

    /// <summary>
    /// Names the device among all that the server serves: of two bootstraps of one device the later ends the earlier. Null: the endpoint name, or what the
    /// device has proven.
    /// </summary>
    public string? Device { get; init; }

    /// <summary>The largest block written and asked for, bytes: a power of two, 16 to 1024. Default 1024.</summary>
    public int BlockSize { get; init; } = 1024;

    /// <summary>
    /// The blocks of one Write have one token. Default false: RFC 7252, 5.3.1 prefers new ones; clients exist that tell the blocks of a body by it.
    /// </summary>
    public bool KeepsToken { get; init; }

    /// <summary>What the policy wants to find again in events.</summary>
    public object? Tag { get; init; }

    /// <summary>
    /// Sends a device to another Bootstrap-Server: writes its bootstrap account anew, where the old one is, and nothing else. The device then asks there.
    /// </summary>
    /// <param name="account">The account; <see cref="SecurityAccount.IsBootstrapServer"/> is taken as set.</param>
    public static BootstrapPlan Redirect(SecurityAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        SecurityAccount bootstrap = account with { IsBootstrapServer = true, ShortServerId = null };
        bootstrap.Validate();
        return new BootstrapPlan(progress => RedirectAsync(bootstrap, progress));
    }

    internal IAsyncEnumerable<BootstrapOperation> Run(BootstrapProgress progress, CancellationToken cancellationToken) =>
        Complete(_operations(progress), cancellationToken);

    // Core TS 1.2.2, 6.1.3.3: the server finishes after the last object was written.
    private static async IAsyncEnumerable<BootstrapOperation> Complete(
        IAsyncEnumerable<BootstrapOperation> operations, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool isFinished = false;
        await foreach (BootstrapOperation operation in operations.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            isFinished = operation is BootstrapOperation.Finish;
            yield return operation;
        }

        if (!isFinished)
            yield return new BootstrapOperation.Finish();
    }

    private static async IAsyncEnumerable<BootstrapOperation> RedirectAsync(SecurityAccount account, BootstrapProgress progress)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return new BootstrapOperation.Discover();
        // A device that does not say where its bootstrap account is has at most one (Core TS 1.2.2, 3.2), and puts this one in its place (6.1.3.3).
        Lwm2mPath instance = progress.BootstrapServerAccount.FirstOrDefault(static path => path.ObjectId == CoreObjects.Security, new Lwm2mPath(CoreObjects.Security, 0));
        yield return new BootstrapOperation.Write(instance, account.ToEntries(instance.InstanceId, progress.Version));
        yield return new BootstrapOperation.Finish();
    }
}
