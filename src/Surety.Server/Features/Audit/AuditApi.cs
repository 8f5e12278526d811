using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Audit;

/// <summary>The audit log: <c>/v3/audit-log</c>. An addition of Surety; Pelion had none in its API.</summary>
internal static class AuditApi
{
    private const string Tag = "Account - audit log";

    // Characters that are gathered before they are sent.
    private const int FlushAt = 32_768;

    public static IServiceCollection AddAudit(this IServiceCollection services, AuditSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<AuditTrail>()
        .AddSingleton<AuditSeal>()
        .AddSingleton<AuditJournal>()
        .AddSingleton<AuditSealer>()
        .AddSingleton<AuditLog>()
        // In this order: what stops last seals what the others have written.
        .AddHostedService(provider => provider.GetRequiredService<AuditSealer>())
        .AddHostedService(provider => provider.GetRequiredService<AuditJournal>());

    public static void MapAuditApi(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/v3/audit-log").OfFeature(PlatformFeatures.AuditLog).WithTags(Tag);
        log.MapGet("", ListAsync).WithName("getAuditLog").WithSummary("List who has changed what.")
            .WithListParameters(AuditEntryData.Filters).WithErrors(400, 401, 403);
        log.MapGet("/export", ExportAsync).WithName("exportAuditLog").WithSummary("The same as CSV, all of it.")
            .WithListParameters(AuditEntryData.Filters).Produces<string>(200, "text/csv").WithErrors(400, 401, 403);
        log.MapGet("/verification", VerifyAsync).WithName("verifyAuditLog").WithSummary("Tell whether the log is as it was written.").WithErrors(400, 401, 403);
        log.MapGet("/{audit_log_entry_id}", GetAsync).WithName("getAuditLogEntry").WithSummary("Get one entry.").WithErrors(401, 403, 404);
    }

    private static Task<ListResponse<AuditEntryData>> ListAsync(Caller caller, ListQuery list, AuditLog log, CancellationToken cancellationToken) =>
        log.ListAsync(caller, list, cancellationToken);

    private static Task<AuditEntryData> GetAsync(
        Caller caller,
        [FromRoute(Name = "audit_log_entry_id"), Description("The ID of the entry.")] string auditLogEntryId,
        AuditLog log,
        CancellationToken cancellationToken) => log.GetAsync(caller, auditLogEntryId, cancellationToken);

    private static Task<AuditVerification> VerifyAsync(
        Caller caller,
        [Description("The number of an entry whose seal was kept elsewhere.")] string? sequence,
        [Description("That seal.")] string? seal,
        AuditLog log,
        CancellationToken cancellationToken) => log.VerifyAsync(caller, sequence, seal, cancellationToken);

    private static async Task ExportAsync(Caller caller, ListQuery list, HttpContext context, AuditLog log)
    {
        var cancellationToken = context.RequestAborted;
        var text = new StringBuilder(AuditCsv.Header);
        // The first page before the answer begins: what is wrong with the filters is answered as an error.
        await using var entries = log.ExportAsync(caller, list, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hasMore = await entries.MoveNextAsync();
        context.Response.ContentType = AuditCsv.MediaType;
        context.Response.Headers.ContentDisposition = "attachment; filename=\"audit-log.csv\"";
        for (; hasMore; hasMore = await entries.MoveNextAsync())
        {
            AuditCsv.Append(text, entries.Current);
            if (text.Length < FlushAt)
                continue;
            await context.Response.WriteAsync(text.ToString(), Encoding.UTF8, cancellationToken);
            text.Clear();
        }

        await context.Response.WriteAsync(text.ToString(), Encoding.UTF8, cancellationToken);
    }
}
