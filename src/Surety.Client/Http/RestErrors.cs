using System.Text;
using System.Text.Json;

namespace Surety.Client;

/// <summary>What an answer that is no success says.</summary>
internal static class RestErrors
{
    private const int MaxText = 300;

    public static SuretyException Read(HttpResponseMessage response, byte[] body)
    {
        int code = (int)response.StatusCode;
        string? requestId = response.Headers.TryGetValues("X-Request-ID", out IEnumerable<string>? ids) ? ids.FirstOrDefault() : null;
        string? mediaType = response.Content.Headers.ContentType?.MediaType;
        if (ReadObject(body) is { } error)
            return new(code, error.Type ?? TypeOf(code), Describe(code, error), error.RequestId ?? requestId, error.Fields?.Where(field => field?.Name is not null).ToArray());
        if (code is >= 300 and < 400)
            return new(code, SuretyException.UnexpectedAnswer, $"The server has moved to {response.Headers.Location?.ToString() ?? "an address that it does not tell"}; give that URL.", requestId);
        // The connect service answers with a word, or with nothing. (Pelion, "Connect")
        string text = (mediaType is null or "text/plain") && body.Length <= MaxText ? Clean(Encoding.UTF8.GetString(body)) : "";
        if (body.Length > 0 && text.Length == 0)
            return new(code, SuretyException.UnexpectedAnswer, $"The answer is {code} with {mediaType ?? "an unknown body"}, which is not of the Service API. Is the URL that of a Surety server, or is there a proxy before it?", requestId);
        return new(code, text.Length > 0 && !text.Contains(' ', StringComparison.Ordinal) ? text : TypeOf(code), text.Length > 0 ? $"The server refused: {text} ({code})." : Meaning(code), requestId);
    }

    private static ErrorAnswer? ReadObject(byte[] body)
    {
        if (body.Length == 0 || body[0] != (byte)'{')
            return null;
        try
        {
            ErrorAnswer? error = JsonSerializer.Deserialize(body, SuretyJson.Of<ErrorAnswer>());
            return error is { Object: "error" } or { Type: not null, Message: not null } ? error : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Describe(int code, ErrorAnswer error)
    {
        var text = new StringBuilder(Clean(error.Message ?? Meaning(code)));
        foreach (ErrorField field in error.Fields ?? [])
        {
            if (field?.Name is not null)
                text.Append("\n  ").Append(Clean(field.Name)).Append(": ").Append(Clean(field.Message ?? "is wrong"));
        }

        return text.ToString();
    }

    // It is shown on terminals; an answer must not steer them.
    private static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    private static string TypeOf(int code) => code switch
    {
        400 => "validation_error",
        401 => "invalid_token",
        403 => "access_denied",
        404 => "not_found",
        409 => "duplicate",
        429 => "rate_limit_exceeded",
        503 => "system_unavailable",
        _ => "internal_server_error",
    };

    private static string Meaning(int code) => code switch
    {
        400 => "The server found the request wrong (400).",
        401 => "The server does not know the key or the user (401).",
        403 => "The key or the user may not do this (403).",
        404 => "There is no such thing on the server (404).",
        409 => "It is there already, or in use (409).",
        410 => "It is gone (410).",
        429 => "The server has had too many requests (429); try again later.",
        502 => "The device is not connected (502).",
        503 => "The server is not available (503); try again later.",
        _ => $"The server failed ({code}).",
    };
}
