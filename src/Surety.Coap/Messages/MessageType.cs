namespace Surety.Coap;

/// <summary>The type of a message over an unreliable transport (RFC 7252, 3).</summary>
public enum MessageType : byte
{
    /// <summary>Wants an acknowledgement.</summary>
    Confirmable = 0,

    /// <summary>Wants none.</summary>
    NonConfirmable = 1,

    /// <summary>Acknowledges a Confirmable message; may carry the response.</summary>
    Acknowledgement = 2,

    /// <summary>The message was received, but cannot be processed.</summary>
    Reset = 3,
}
