using System.Text.Json;
using Surety.Server.Api;

namespace Surety.Server.Features.Users;

/// <summary>What somebody sends who has no token yet: JSON or a form, as Pelion's clients send either.</summary>
internal static class SignInBody
{
    private const int MaxLength = 16 * 1024;
    private const int MaxMembers = 16;

    /// <summary>Reads a member by its name; null when it is not there, or no text.</summary>
    /// <exception cref="ApiException">400, 413 or 415.</exception>
    public static async Task<Func<string, string?>> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxLength)
            throw ApiException.TooLarge(MaxLength);
        if (request.HasFormContentType)
            return await ReadFormAsync(request);
        if (!request.HasJsonContentType())
            throw ApiException.UnsupportedMediaType("application/json or application/x-www-form-urlencoded");
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, new() { MaxDepth = 4 }, request.HttpContext.RequestAborted);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
                throw ApiException.Malformed("The body must be a JSON object.");
            var members = new Dictionary<string, string?>();
            foreach (var member in body.RootElement.EnumerateObject())
                members[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
            return members.GetValueOrDefault;
        }
        // The reader takes half of a surrogate pair for text until it is asked for it.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw ApiException.Malformed("The body is not JSON.");
        }
    }

    private static async Task<Func<string, string?>> ReadFormAsync(HttpRequest request)
    {
        try
        {
            var form = await request.ReadFormAsync(new() { BufferBodyLengthLimit = MaxLength, ValueCountLimit = MaxMembers }, request.HttpContext.RequestAborted);
            return name => form[name];
        }
        catch (InvalidDataException error)
        {
            throw ApiException.Malformed($"The form cannot be read: {error.Message}");
        }
    }
}
