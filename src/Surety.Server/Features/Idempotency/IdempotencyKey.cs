using Surety.Server.Api;

namespace Surety.Server.Features.Idempotency;

/// <summary>The header <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header, 2.1).</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Characters.</summary>
    public const int MaxLength = 255;

    /// <summary>The key of a request; null when it has none.</summary>
    /// <remarks>By the draft it is a string of RFC 8941, in quotes. Most clients send it bare, as the APIs that came before the draft have it; both are the same key.</remarks>
    /// <exception cref="ApiException">400: it is malformed.</exception>
    public static string? Of(HttpRequest request)
    {
        var values = request.Headers[Header];
        if (values.Count == 0)
            return null;
        if (values.Count > 1)
            throw Malformed("is there more than once");
        var text = values[0]!.Trim();
        var key = text.StartsWith('"') ? Unquote(text) : text;
        if (key is null)
            throw Malformed("must end with the quotation mark that it begins with, and have \\ before any other and before \\");
        if (key.Length is 0 or > MaxLength)
            throw Malformed($"must have 1 to {MaxLength} characters");
        // RFC 8941, 3.3.3: printable ASCII.
        return key.All(character => character is >= ' ' and <= '~') ? key : throw Malformed("must be printable ASCII");
    }

    private static string? Unquote(string text)
    {
        if (text.Length < 2 || text[^1] != '"')
            return null;
        var result = new System.Text.StringBuilder(text.Length);
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == '"' || (text[i] == '\\' && (++i == text.Length - 1 || text[i] is not ('"' or '\\'))))
                return null;
            result.Append(text[i]);
        }

        return result.ToString();
    }

    private static ApiException Malformed(string message) => ApiException.Invalid(Header, message);
}
