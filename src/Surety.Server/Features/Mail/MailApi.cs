using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Storage;

namespace Surety.Server.Features.Mail;

/// <summary>The mails of an account: <c>/v3/accounts/me/notifications</c>.</summary>
internal static class MailApi
{
    private static readonly FilterSet<MailRecord> Filters = new();

    public static IServiceCollection AddMail(this IServiceCollection services) =>
        services.AddSingleton<Mails>().AddHostedService(provider => provider.GetRequiredService<Mails>());

    public static void MapMailApi(this IEndpointRouteBuilder routes) => AccountRoutes.MapBoth(routes, account =>
    {
        var mails = account.Routes.MapGroup(account.Name("/accounts/me/notifications", "/notifications")).OfFeature(PlatformFeatures.Accounts)
            .WithTags(account.Name("Account - notification entries", "Tenant accounts - notification entries"));
        mails.MapGet("", ListAsync).WithName(account.Name("getNofificationEntries", "getAccountNofificationEntries"))
            .WithSummary("Get the notification entries of an account: the mails it has sent.").WithListParameters(Filters).WithErrors(400, 401, 403, 404);
        mails.MapGet("/{notification_id}", GetAsync).WithName(account.Name("getNofificationEntry", "getAccountNofificationEntry"))
            .WithSummary("Get a notification entry.").WithErrors(400, 401, 403, 404);
    });

    private static async Task<ListResponse<NotificationEntry>> ListAsync(Caller caller, ListQuery list, SuretyDbFactory databases, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        await using var db = databases.Open(caller.AccountId);
        return await Filters.Apply(db.Set<MailRecord>(), list.Conditions).ToPageAsync(list, NotificationEntry.Of, alwaysCount: true, cancellationToken);
    }

    private static async Task<NotificationEntry> GetAsync(
        Caller caller, [FromRoute(Name = "notification_id"), Description("The ID of the entry.")] string notificationId, SuretyDbFactory databases, CancellationToken cancellationToken)
    {
        RequireAdministrator(caller);
        await using var db = databases.Open(caller.AccountId);
        return NotificationEntry.Of(await db.Set<MailRecord>().AsNoTracking().RequireAsync(notificationId, "notification entry", cancellationToken));
    }

    private static void RequireAdministrator(Caller caller)
    {
        if (!caller.IsAdministrator)
            throw ApiException.Forbidden("Only an administrator can read the mails of the account.");
    }
}
