using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Users;

/// <summary>Invitations, <c>/v3/user-invitations</c>, and the links in mails.</summary>
internal static class InvitationApi
{
    private const string SignInTag = "Account - sign-in";
    private const string IdMeaning = "The ID of the invitation.";

    // No script, no frame around it, and the link with its key goes to nobody else.
    private const string PagePolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static IServiceCollection AddInvitations(this IServiceCollection services) => services.AddSingleton<MailLinks>().AddSingleton<UserInvitations>();

    public static void MapInvitationsApi(this IEndpointRouteBuilder routes)
    {
        AccountRoutes.MapBoth(routes, Map);
        var login = routes.MapGroup("/auth").WithTags(SignInTag);
        login.MapPost("/password-recovery", RecoverAsync).AllowAnonymous().WithName("recoverPassword").WithSummary("Ask for a mail with a link to choose another password.")
            .WithErrors(400, 401);
        foreach (var purpose in Enum.GetValues<MailTokenPurpose>())
        {
            var path = MailLinkPages.PathOf(purpose)["/auth".Length..];
            login.MapGet(path, ([Description("The key in the link of the mail.")] string? token, HttpContext context, MailLinks links) => ShowAsync(purpose, token, context, links))
                .AllowAnonymous().WithName($"show{purpose}").WithSummary("The page behind the link of a mail.").Produces<string>(StatusCodes.Status200OK, "text/html").WithErrors(400, 401);
            login.MapPost(path, (HttpContext context, MailLinks links) => FollowAsync(purpose, context, links))
                .AllowAnonymous().WithName($"follow{purpose}").WithSummary("Do what the link of a mail is for: JSON or the form of the page.")
                .Accepts<MailLinkRequest>("application/json", "application/x-www-form-urlencoded").Produces(StatusCodes.Status204NoContent).WithErrors(400, 401, 413, 415, 429);
        }
    }

    private static void Map(AccountRoutes account)
    {
        var invitations = account.Routes.MapGroup("/user-invitations").OfFeature(PlatformFeatures.Users).WithTags(account.Name("Account - user invitations", "Tenant accounts - user invitations"));
        invitations.MapGet("", ListAsync).WithName(account.Name("getAllInvitations", "getAllAccountInvitations"))
            .WithSummary("Get the details of all user invitations.").WithListParameters(UserInvitations.Filters).WithErrors(400, 401, 403, 404);
        invitations.MapPost("", CreateAsync).WithName(account.Name("createInvitation", "createAccountInvitation")).WithSummary("Create a user invitation.")
            .WithErrors(400, 401, 403, 404);
        invitations.MapGet("/{invitation_id}", GetAsync).WithName(account.Name("getInvitation", "getAccountInvitation")).WithSummary("Details of a user invitation.")
            .WithErrors(401, 403, 404);
        invitations.MapDelete("/{invitation_id}", DeleteAsync).WithName(account.Name("deleteInvitation", "deleteAccountInvitation"))
            .WithSummary("Delete a user invitation.").WithErrors(401, 403, 404);
        if (account.IsTenant)
        {
            account.Routes.MapPost("/users/{user_id}/validate-email", ValidateAsync).OfFeature(PlatformFeatures.Users).WithTags("Tenant accounts - users").WithName("validateAccountUserEmail")
                .WithSummary("Validate the user email.").WithErrors(401, 403, 404);
        }
    }

    private static Task<ListResponse<UserInvitationResp>> ListAsync(Caller caller, ListQuery list, UserInvitations service, CancellationToken cancellationToken) =>
        service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<UserInvitationResp>> CreateAsync(
        Caller caller, JsonBody<UserInvitationReq> body, UserInvitations service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller, body.Value, cancellationToken));

    private static Task<UserInvitationResp> GetAsync(
        Caller caller, [FromRoute(Name = "invitation_id"), Description(IdMeaning)] string invitationId, UserInvitations service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, invitationId, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = "invitation_id"), Description(IdMeaning)] string invitationId, UserInvitations service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, invitationId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ValidateAsync(
        Caller caller, [FromRoute(Name = "user_id"), Description("The ID of the user.")] string userId, MailLinks links, CancellationToken cancellationToken)
    {
        if (!caller.IsAdministrator)
            throw ApiException.Forbidden("Only an administrator can have an address validated.");
        await links.ValidateEmailAsync(caller.AccountId, userId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RecoverAsync(JsonBody<PasswordRecoveryReq> body, HttpContext context, MailLinks links, CancellationToken cancellationToken)
    {
        await links.RecoverAsync(body.Value.Email!, LoginOrigin.Of(context), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ShowAsync(MailTokenPurpose purpose, string? token, HttpContext context, MailLinks links)
    {
        try
        {
            await links.CheckAsync(purpose, token, context.RequestAborted);
        }
        catch (ApiException)
        {
            return Page(context, MailLinkPages.Message(purpose, "This link does not work any more. Ask for another mail."), StatusCodes.Status400BadRequest);
        }

        return Page(context, MailLinkPages.Form(purpose, token!), StatusCodes.Status200OK);
    }

    private static async Task<IResult> FollowAsync(MailTokenPurpose purpose, HttpContext context, MailLinks links)
    {
        var isForm = context.Request.HasFormContentType;
        try
        {
            await links.FollowAsync(purpose, await MailLinkRequest.ReadAsync(context.Request), context.RequestAborted);
        }
        catch (ApiException error) when (isForm)
        {
            return Page(context, MailLinkPages.Message(purpose, error.Message), error.Status);
        }

        return isForm ? Page(context, MailLinkPages.Message(purpose, "Done. You can close this page, and sign in."), StatusCodes.Status200OK) : TypedResults.NoContent();
    }

    private static ContentHttpResult Page(HttpContext context, string html, int status)
    {
        context.Response.Headers.ContentSecurityPolicy = PagePolicy;
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}
