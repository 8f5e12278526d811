namespace Surety.Server.Api;

/// <summary>The header <c>If-Match</c>, for changes that must not undo another's. (RFC 9110, 13.1.1.)</summary>
internal static class Precondition
{
    /// <summary>What the OpenAPI document says of it.</summary>
    public const string Meaning = "The etag that was read: when it is another one by now, nothing is changed and the answer is 412.";

    /// <exception cref="ApiException">412: <paramref name="ifMatch"/> names no etag that is the present one.</exception>
    public static void Check(string? ifMatch, DateTimeOffset etag)
    {
        if (string.IsNullOrWhiteSpace(ifMatch))
            return;
        foreach (var part in ifMatch.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "*" || (Rfc3339.TryParse(part.Trim('"'), out var wanted) && wanted == etag))
                return;
        }

        throw new ApiException(
            StatusCodes.Status412PreconditionFailed,
            ErrorTypes.PreconditionFailed,
            "It has been changed since it was read: its etag is another one than If-Match says. Read it again, and repeat the change on what you find.");
    }
}
