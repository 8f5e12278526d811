namespace Surety.Dtls;

/// <summary>A handshake cannot go on: what to tell the peer, and what to tell the operator.</summary>
/// <param name="alert">The peer gets this.</param>
/// <param name="message">Our side gets this.</param>
/// <param name="inner">What caused it.</param>
internal sealed class DtlsAlertException(AlertDescription alert, string message, Exception? inner = null) : Exception(message, inner)
{
    public AlertDescription Alert { get; } = alert;
}
