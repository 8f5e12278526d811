using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Applications;
using Surety.Server.Storage;

namespace Surety.Server.Features.ApiKeys;

/// <summary>Writes when keys were last used.</summary>
internal sealed partial class ApiKeyUseWriter(
    ApiKeyAuthenticator authenticator, SuretyDbFactory databases, TimeProvider time, ILogger<ApiKeyUseWriter> log) : UseWriter(databases, time)
{
    protected override async Task WriteAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        foreach (var (keyId, lastUse) in authenticator.TakeUses())
        {
            var written = await db.AllAccounts<ApiKey>().Where(key => key.Id == keyId)
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, lastUse), cancellationToken);
            if (written == 0)
            {
                await db.AllAccounts<AccessKey>().Where(key => key.Id == keyId)
                    .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, lastUse), cancellationToken);
            }
        }
    }

    protected override void OnNotWritten(Exception error) => LogNotWritten(error);

    [LoggerMessage(1201, LogLevel.Warning, "The last uses of API keys could not be written")]
    private partial void LogNotWritten(Exception error);
}
