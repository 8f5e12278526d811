namespace Surety.Server.Storage;

/// <summary>Writes what was used when, once a minute.</summary>
internal abstract class UseWriter(SuretyDbFactory databases, TimeProvider time) : PeriodicWriter(TimeSpan.FromMinutes(1), time)
{
    protected sealed override async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        await WriteAsync(db, cancellationToken);
    }

    /// <summary>Writes what was used since the last call. When it fails, the next call has what is newer.</summary>
    protected abstract Task WriteAsync(SuretyDb db, CancellationToken cancellationToken);
}
