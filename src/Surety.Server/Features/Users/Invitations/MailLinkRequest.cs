using System.ComponentModel.DataAnnotations;
using Surety.Server.Api;

namespace Surety.Server.Features.Users;

/// <summary>What somebody sends who follows a link: JSON, or the form of <see cref="MailLinkPages"/>.</summary>
/// <param name="Token">From the link.</param>
/// <param name="Password">The new one.</param>
/// <param name="FullName">For an invitation.</param>
/// <param name="Username">For an invitation.</param>
internal sealed record MailLinkRequest(string? Token, string? Password, string? FullName, string? Username)
{
    private const int MaxFullName = 100;

    private static readonly RegularExpressionAttribute UsernameForm = new(UserUpdateReq.UsernamePattern);

    /// <exception cref="ApiException">400, 413 or 415.</exception>
    public static async Task<MailLinkRequest> ReadAsync(HttpRequest request)
    {
        var member = await SignInBody.ReadAsync(request);
        return Of(member("token"), member("password"), member("full_name"), member("username"));
    }

    private static MailLinkRequest Of(string? token, string? password, string? fullName, string? username)
    {
        username = string.IsNullOrEmpty(username) ? null : username;
        fullName = string.IsNullOrEmpty(fullName) ? null : fullName;
        List<ErrorField> errors = [];
        if (fullName is { Length: > MaxFullName } || fullName?.Contains('\0', StringComparison.Ordinal) == true)
            errors.Add(new ErrorField("full_name", $"must have at most {MaxFullName} characters"));
        if (username is not null && !UsernameForm.IsValid(username))
            errors.Add(new ErrorField("username", "must be 4 to 30 letters, digits, or any of - , . _ @ + ="));
        return errors.Count == 0 ? new MailLinkRequest(token, string.IsNullOrEmpty(password) ? null : password, fullName, username) : throw ApiException.Invalid(errors);
    }
}
