namespace Surety.Server.Api;

/// <summary>
/// A request that fails for a reason the caller may know: status, type and message of the error object. Thrown by the services, written by
/// <see cref="ErrorHandling"/>.
/// </summary>
internal sealed class ApiException(int status, string type, string message, IReadOnlyList<ErrorField>? fields = null) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>One of <see cref="ErrorTypes"/>.</summary>
    public string Type { get; } = type;

    /// <summary>The members that are wrong, if any.</summary>
    public IReadOnlyList<ErrorField>? Fields { get; } = fields;

    /// <summary>400: members or parameters are wrong.</summary>
    public static ApiException Invalid(params IReadOnlyList<ErrorField> fields) => new(
        StatusCodes.Status400BadRequest,
        ErrorTypes.ValidationError,
        $"Validation error: {string.Join("; ", fields.Take(10).Select(field => $"{field.Name} {field.Message}"))}.",
        fields);

    /// <summary>400: one member or parameter is wrong.</summary>
    public static ApiException Invalid(string name, string message) => Invalid(new ErrorField(name, message));

    /// <summary>400: the request cannot be read at all.</summary>
    public static ApiException Malformed(string message) => new(StatusCodes.Status400BadRequest, ErrorTypes.ValidationError, message);

    /// <summary>403: the caller may not do this.</summary>
    public static ApiException Forbidden(string message) => new(StatusCodes.Status403Forbidden, ErrorTypes.AccessDenied, message);

    /// <summary>
    /// 404: <paramref name="kind"/> is what was looked for, such as <c>device</c>; <paramref name="id"/> is what the caller sent.
    /// </summary>
    public static ApiException NotFound(string kind, string id) => new(
        StatusCodes.Status404NotFound,
        ErrorTypes.NotFound,
        EntityId.TryParse(id, out _)
            ? $"There is no {kind} with the id {id}."
            : $"There is no {kind} with the id '{Shorten(id)}': an id has 32 hexadecimal digits.");

    /// <summary>409: something else has the value already.</summary>
    public static ApiException Duplicate(string message, params IReadOnlyList<ErrorField> fields) =>
        new(StatusCodes.Status409Conflict, ErrorTypes.Duplicate, message, fields);

    /// <summary>403: the account has as many as it may have.</summary>
    public static ApiException LimitExceeded(string message) => new(StatusCodes.Status403Forbidden, ErrorTypes.AccountLimitExceeded, message);

    /// <summary>413: the body is larger than the limit, in bytes.</summary>
    public static ApiException TooLarge(long limit) => new(
        StatusCodes.Status413PayloadTooLarge, ErrorTypes.ValidationError, $"The request body is too large: the limit is {limit} bytes.");

    /// <summary>415: the body is not of the type <paramref name="expected"/>.</summary>
    public static ApiException UnsupportedMediaType(string expected) => new(
        StatusCodes.Status415UnsupportedMediaType, ErrorTypes.UnsupportedMediaType, $"Send the body with Content-Type: {expected}.");

    /// <summary>What a caller sent, short enough to be repeated in a message.</summary>
    public static string Shorten(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "...");
}
