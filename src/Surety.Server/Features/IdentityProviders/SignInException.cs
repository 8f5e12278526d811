namespace Surety.Server.Features.IdentityProviders;

/// <summary>Somebody cannot sign in with a provider.</summary>
/// <param name="code">For the page that wanted it: one of the constants.</param>
/// <param name="message">For the person who signs in; never a provider's own words.</param>
/// <param name="reason">For the operator's log, where it is more.</param>
/// <param name="inner">What has led to it.</param>
internal sealed class SignInException(string code, string message, string? reason = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The person may not, or does not want to. (RFC 6749, 4.1.2.1.)</summary>
    public const string AccessDenied = "access_denied";

    /// <summary>What came back does not belong to what was asked.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>The provider does not work as it should.</summary>
    public const string ServerError = "server_error";

    /// <summary>The provider cannot be reached; it may pass.</summary>
    public const string TemporarilyUnavailable = "temporarily_unavailable";

    public string Code { get; } = code;

    public string Reason { get; } = reason ?? message;
}
