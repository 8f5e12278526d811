using System.Text.Json;
using Surety.Server.Api;

namespace Surety.Server.Features.Users;

/// <summary>Who wants to sign in. JSON or a form, as Pelion's clients send either.</summary>
/// <param name="Username">The address or the name of the user.</param>
/// <param name="Password">The password.</param>
/// <param name="Account">The account, for a user of several; null: the oldest.</param>
internal sealed record LoginRequest(string Username, string Password, EntityId? Account)
{
    private const int MaxLength = 16 * 1024;

    /// <exception cref="ApiException">400 or 415.</exception>
    public static async Task<LoginRequest> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxLength)
            throw ApiException.TooLarge(MaxLength);
        if (request.HasFormContentType)
        {
            var form = await ReadFormAsync(request);
            return Of(form["username"], form["password"], form["account"], form["grant_type"]);
        }

        if (!request.HasJsonContentType())
            throw ApiException.UnsupportedMediaType("application/json or application/x-www-form-urlencoded");
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, new() { MaxDepth = 4 }, request.HttpContext.RequestAborted);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
                throw ApiException.Malformed("The body must be a JSON object.");
            return Of(Member("username"), Member("password"), Member("account"), Member("grant_type"));

            string? Member(string name) => body.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        // The reader takes half of a surrogate pair for text until it is asked for it.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw ApiException.Malformed("The body is not JSON.");
        }
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request)
    {
        try
        {
            return await request.ReadFormAsync(new() { BufferBodyLengthLimit = MaxLength, ValueCountLimit = 16 }, request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException error)
        {
            throw ApiException.Malformed($"The form cannot be read: {error.Message}");
        }
    }

    private static LoginRequest Of(string? username, string? password, string? account, string? grantType)
    {
        List<ErrorField> errors = [];
        if (string.IsNullOrEmpty(username) || username.Length > 254 || username.Contains('\0', StringComparison.Ordinal))
            errors.Add(new ErrorField("username", "is required: the address or the name of the user, at most 254 characters"));
        if (string.IsNullOrEmpty(password) || password.Length > Passwords.MaxLength)
            errors.Add(new ErrorField("password", $"is required, at most {Passwords.MaxLength} characters"));
        if (grantType is not (null or "" or "password"))
            errors.Add(new ErrorField("grant_type", "must be password"));
        EntityId? accountId = null;
        if (!string.IsNullOrEmpty(account))
        {
            if (EntityId.TryParse(account, out var id))
                accountId = id;
            else
                errors.Add(new ErrorField("account", "must be the id of an account, 32 hexadecimal digits"));
        }

        return errors.Count == 0 ? new LoginRequest(username!, password!, accountId) : throw ApiException.Invalid(errors);
    }
}
