namespace Surety.Server.Features.PreSharedKeys;

/// <summary>A failure that is answered by a word in plain text, as this service does. (certificates, "Pre-shared keys".)</summary>
internal sealed class PreSharedKeyException(int status, string words) : Exception(words)
{
    public const string InvalidEndpointName = "INVALID_ENDPOINT_NAME";
    public const string InvalidSecretHex = "INVALID_SECRET_HEX";
    public const string MalformedJsonContent = "MALFORMED_JSON_CONTENT";
    public const string KeyAlreadyExists = "KEY_ALREADY_EXISTS_FOR_ENDPOINT";
    public const string TokenNotFound = "TOKEN_NOT_FOUND";
    public const string InvalidLimit = "INVALID_LIMIT";

    /// <summary>The HTTP status.</summary>
    public int Status => status;
}
