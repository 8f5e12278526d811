namespace Surety.Coap;

/// <summary>
/// Tells the two ways apart in which clients speak CoAP over TLS: that of RFC 8323, and that of Pelion's device client, which sends the
/// messages of RFC 7252, type and Message ID included, one in each TLS record.
/// </summary>
internal static class RecordLayout
{
    /// <summary>
    /// What came first is a whole message of RFC 7252 that can begin a conversation: a request or a ping. In the layout of RFC 8323 a CSM
    /// comes first (3.3), whose code 7.01 stands where this one has a method.
    /// </summary>
    /// <param name="first">The content of the first record.</param>
    public static bool Matches(ReadOnlySpan<byte> first) =>
        CoapMessage.Parse(first, out CoapMessage message) == CoapParseResult.Message
        && message.Type is MessageType.Confirmable or MessageType.NonConfirmable
        && (message.Code.IsRequest || message.Code.IsEmpty);
}
