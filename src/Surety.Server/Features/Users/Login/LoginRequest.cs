using System.Buffers;
using Surety.Server.Api;

namespace Surety.Server.Features.Users;

/// <summary>Who wants to sign in.</summary>
/// <param name="Username">The address or the name of the user.</param>
/// <param name="Password">The password.</param>
/// <param name="Account">The account, by id or alias, for a user of several; null: the oldest.</param>
/// <param name="Otp">A one-time password, for a user with a second factor.</param>
internal sealed record LoginRequest(string Username, string Password, string? Account, string? Otp)
{
    private const int MinAccountLength = 8;
    private const int MaxAccountLength = 100;
    private static readonly SearchValues<char> AccountCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <exception cref="ApiException">400, 413 or 415.</exception>
    public static async Task<LoginRequest> ReadAsync(HttpRequest request)
    {
        var member = await SignInBody.ReadAsync(request);
        return Of(member("username"), member("password"), member("account"), member("grant_type"), member("otp"));
    }

    private static LoginRequest Of(string? username, string? password, string? account, string? grantType, string? otp)
    {
        List<ErrorField> errors = [];
        if (string.IsNullOrEmpty(username) || username.Length > 254 || username.Contains('\0', StringComparison.Ordinal))
            errors.Add(new ErrorField("username", "is required: the address or the name of the user, at most 254 characters"));
        if (string.IsNullOrEmpty(password) || password.Length > Passwords.MaxLength)
            errors.Add(new ErrorField("password", $"is required, at most {Passwords.MaxLength} characters"));
        if (grantType is not (null or "" or "password"))
            errors.Add(new ErrorField("grant_type", "must be password"));
        if (!string.IsNullOrEmpty(account) && (account.Length is < MinAccountLength or > MaxAccountLength || account.AsSpan().ContainsAnyExcept(AccountCharacters)))
            errors.Add(new ErrorField("account", "must be the id or an alias of an account"));
        return errors.Count == 0 ? new LoginRequest(username!, password!, string.IsNullOrEmpty(account) ? null : account, otp) : throw ApiException.Invalid(errors);
    }
}
