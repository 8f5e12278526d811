namespace Surety.Client;

/// <summary>The platform, or a device behind it, has refused, or has answered with something else than the Service API.</summary>
public class SuretyException : Exception
{
    /// <summary>The <see cref="Type"/> of an answer that is not of the Service API: a proxy's page, malformed JSON.</summary>
    public const string UnexpectedAnswer = "unexpected_answer";

    internal SuretyException(int code, string type, string message, string? requestId = null, IReadOnlyList<ErrorField>? fields = null, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        Type = type;
        RequestId = requestId;
        Fields = fields ?? [];
    }

    /// <summary>The HTTP status, or the status of the device's answer.</summary>
    public int Code { get; }

    /// <summary>The kind of error, for programs: such as <c>validation_error</c> or <c>not_found</c>.</summary>
    public string Type { get; }

    /// <summary>The id of the request, as the platform has it in its log; null when the answer has none.</summary>
    public string? RequestId { get; }

    /// <summary>The members that are wrong, when the request did not validate.</summary>
    public IReadOnlyList<ErrorField> Fields { get; }
}
