using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Users;

/// <summary>Users: <c>/v3/users</c>, and how they sign in: <c>/auth</c>.</summary>
internal static class UserApi
{
    private const string Tag = "Account - users";
    private const string TenantTag = "Tenant accounts - users";
    private const string IdMeaning = "The ID of the user.";

    public static IServiceCollection AddUsers(this IServiceCollection services) => services
        .AddSingleton<Passwords>()
        .AddSingleton<UserService>()
        .AddSingleton<UserTokens>()
        .AddSingleton<UserSessions>()
        .AddSingleton<SessionStarter>()
        .AddSingleton<SecondFactors>()
        .AddSingleton<LoginLimits>()
        .AddSingleton<LoginJournal>()
        .AddSingleton<LoginService>()
        .AddSingleton<IBearerAuthenticator, UserAuthenticator>()
        .AddHostedService<UserSessionWriter>();

    public static void MapUsersApi(this IEndpointRouteBuilder routes)
    {
        AccountRoutes.MapBoth(routes, MapUsers);
        var mine = routes.MapGroup("/v3/users/me").OfEveryCaller().WithTags(Tag);
        mine.MapGet("", GetMineAsync).WithName("getMyUser").WithSummary("Details of the current user.").WithErrors(401, 403);
        UserGroupApi.MapMine(mine);
        mine.MapPut("", UpdateMineAsync).WithName("updateMyUser").WithSummary("Update the current user.").WithErrors(400, 401, 403, 409);

        var login = routes.MapGroup("/auth").WithTags("Account - sign-in");
        login.MapPost("/login", LoginAsync).AllowAnonymous().WithName("login").WithSummary("Sign in with a password and get a token.")
            .Accepts<LoginRequest>("application/json", "application/x-www-form-urlencoded").WithErrors(400, 401, 413, 415, 429);
        login.MapPost("/impersonate", ImpersonateAsync).OfEveryCaller().WithName("impersonate").WithSummary("Go on in another account of the user.").WithErrors(400, 401, 403, 429);
        login.MapPost("/logout", LogoutAsync).OfEveryCaller().WithName("logout").WithSummary("End the session of the token.").WithErrors(401, 403);
    }

    private static void MapUsers(AccountRoutes account)
    {
        var users = account.Routes.MapGroup("/users").OfFeature(PlatformFeatures.Users).WithTags(account.Name(Tag, TenantTag));
        users.MapGet("", ListAsync).WithName(account.Name("getAllUsers", "getAllAccountUsers")).WithSummary("Get the details of all users.")
            .WithListParameters(UserService.Filters).WithErrors(400, 401, 403, 404);
        users.MapPost("", CreateAsync).WithName(account.Name("createUser", "createAccountUser")).WithSummary("Create a new user.")
            .WithErrors(400, 401, 403, 404, 409);
        UserGroupApi.Map(users, account);
        users.MapGet("/{user_id}", GetAsync).WithName(account.Name("getUser", "getAccountUser")).WithSummary("Details of a user.").WithErrors(401, 403, 404);
        users.MapPut("/{user_id}", UpdateAsync).WithName(account.Name("updateUser", "updateAccountUser")).WithSummary("Update user details.")
            .WithErrors(400, 401, 403, 404, 409);
        users.MapDelete("/{user_id}", DeleteAsync).WithName(account.Name("deleteUser", "deleteAccountUser")).WithSummary("Delete a user.")
            .WithErrors(401, 403, 404);
    }

    private static Task<ListResponse<UserInfoResp>> ListAsync(Caller caller, ListQuery list, UserService service, CancellationToken cancellationToken) =>
        service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<UserInfoResp>> CreateAsync(
        Caller caller,
        [Description("create, the default, or invite: the user gets a mail to choose a password.")] string? action,
        JsonBody<UserInfoReq> body,
        UserService service,
        UserInvitations invitations,
        CancellationToken cancellationToken)
    {
        if (action is "invite")
        {
            var invited = await service.NewInvitedAsync(caller, body.Value, cancellationToken);
            await invitations.InviteAsync(invited, cancellationToken);
            return TypedResults.Created((string?)null, await service.GetAsync(caller, invited.Id.ToString(), cancellationToken));
        }

        if (action is not (null or "" or "create"))
            throw ApiException.Invalid("action", "must be create or invite");
        return TypedResults.Created((string?)null, await service.CreateAsync(caller, body.Value, cancellationToken));
    }

    private static Task<UserInfoResp> GetMineAsync(Caller caller, UserService service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, Self(caller), cancellationToken);

    private static Task<UserInfoResp> UpdateMineAsync(Caller caller, JsonBody<UserUpdateReq> body, UserService service, CancellationToken cancellationToken) =>
        service.UpdateAsync(caller, Self(caller), body.Value, cancellationToken);

    private static Task<UserInfoResp> GetAsync(
        Caller caller, [FromRoute(Name = "user_id"), Description(IdMeaning)] string userId, UserService service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, userId, cancellationToken);

    private static Task<UserInfoResp> UpdateAsync(
        Caller caller,
        [FromRoute(Name = "user_id"), Description(IdMeaning)] string userId,
        JsonBody<UserUpdateReq> body,
        UserService service,
        CancellationToken cancellationToken) =>
        service.UpdateAsync(caller, userId, body.Value, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = "user_id"), Description(IdMeaning)] string userId, UserService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, userId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<LoginResponse> LoginAsync(HttpContext context, LoginService service, CancellationToken cancellationToken) =>
        await service.LoginAsync(await LoginRequest.ReadAsync(context.Request), LoginOrigin.Of(context), cancellationToken);

    private static Task<LoginResponse> ImpersonateAsync(
        Caller caller, JsonBody<ImpersonationReq> body, HttpContext context, LoginService service, CancellationToken cancellationToken) =>
        service.SwitchAsync(caller, body.Value, LoginOrigin.Of(context), cancellationToken);

    private static async Task<NoContent> LogoutAsync(Caller caller, UserSessions sessions, CancellationToken cancellationToken)
    {
        if (caller.SessionId is not { } session)
            throw ApiException.Forbidden("The caller has no session: an API key needs none.");
        await sessions.SignOutAsync(caller, session, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <exception cref="ApiException">403: the caller is no user.</exception>
    public static string Self(Caller caller) =>
        caller.UserId?.ToString() ?? throw ApiException.Forbidden("The caller is an API key, not a user; see /v3/api-keys/me.");
}
