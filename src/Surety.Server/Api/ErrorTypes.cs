namespace Surety.Server.Api;

/// <summary>The values of <c>type</c> in the error object. (Pelion conventions, "Error envelope".)</summary>
internal static class ErrorTypes
{
    public const string ValidationError = "validation_error";
    public const string InvalidToken = "invalid_token";
    public const string InvalidApiKey = "invalid_apikey";
    public const string AccessDenied = "access_denied";
    public const string AccountLimitExceeded = "account_limit_exceeded";
    public const string NotFound = "not_found";
    public const string MethodNotSupported = "method_not_supported";
    public const string NotAcceptable = "not_acceptable";
    public const string Duplicate = "duplicate";
    public const string PreconditionFailed = "precondition_failed";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string RateLimitExceeded = "rate_limit_exceeded";
    public const string InternalServerError = "internal_server_error";
    public const string SystemUnavailable = "system_unavailable";

    /// <summary>The type that goes with a status when nothing more is known.</summary>
    public static string ForStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => InvalidToken,
        StatusCodes.Status403Forbidden => AccessDenied,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotSupported,
        StatusCodes.Status406NotAcceptable => NotAcceptable,
        StatusCodes.Status409Conflict => Duplicate,
        StatusCodes.Status412PreconditionFailed => PreconditionFailed,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        StatusCodes.Status429TooManyRequests => RateLimitExceeded,
        StatusCodes.Status503ServiceUnavailable => SystemUnavailable,
        >= 500 => InternalServerError,
        _ => ValidationError,
    };
}
