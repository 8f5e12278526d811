namespace Surety.Coap;

/// <summary>Option numbers of signaling messages; each code has its own (RFC 8323, 11.2; RFC 8974, 2.2.1).</summary>
internal static class SignalingOption
{
    /// <summary>CSM: uint, 0-4 bytes; base value 1152</summary>
    public const CoapOptionNumber MaxMessageSize = (CoapOptionNumber)2;

    /// <summary>CSM: empty</summary>
    public const CoapOptionNumber BlockWiseTransfer = (CoapOptionNumber)4;

    /// <summary>CSM: uint, 0-3 bytes; base value 8</summary>
    public const CoapOptionNumber ExtendedTokenLength = (CoapOptionNumber)6;

    /// <summary>Ping, Pong: empty</summary>
    public const CoapOptionNumber Custody = (CoapOptionNumber)2;

    /// <summary>Release: string, 1-255 bytes, repeatable</summary>
    public const CoapOptionNumber AlternativeAddress = (CoapOptionNumber)2;

    /// <summary>Release: uint, 0-3 bytes, seconds</summary>
    public const CoapOptionNumber HoldOff = (CoapOptionNumber)4;

    /// <summary>Abort: uint, 0-2 bytes, the number of the option</summary>
    public const CoapOptionNumber BadCsmOption = (CoapOptionNumber)2;
}
