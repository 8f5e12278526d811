using System.Globalization;

namespace Surety.Coap;

/// <summary>A method, response or signaling code, written <c>c.dd</c> (RFC 7252, 12.1; RFC 8323, 5).</summary>
/// <param name="Value">Three bits of class, five bits of detail.</param>
public readonly record struct CoapCode(byte Value)
{
    /// <summary>0.00: an empty message.</summary>
    public static readonly CoapCode Empty = new(0);

    /// <summary>0.01 GET</summary>
    public static readonly CoapCode Get = new(1);

    /// <summary>0.02 POST</summary>
    public static readonly CoapCode Post = new(2);

    /// <summary>0.03 PUT</summary>
    public static readonly CoapCode Put = new(3);

    /// <summary>0.04 DELETE</summary>
    public static readonly CoapCode Delete = new(4);

    /// <summary>0.05 FETCH (RFC 8132)</summary>
    public static readonly CoapCode Fetch = new(5);

    /// <summary>0.06 PATCH (RFC 8132)</summary>
    public static readonly CoapCode Patch = new(6);

    /// <summary>0.07 iPATCH, the idempotent PATCH (RFC 8132)</summary>
    public static readonly CoapCode IPatch = new(7);

    /// <summary>2.01</summary>
    public static readonly CoapCode Created = Of(2, 1);

    /// <summary>2.02</summary>
    public static readonly CoapCode Deleted = Of(2, 2);

    /// <summary>2.03</summary>
    public static readonly CoapCode Valid = Of(2, 3);

    /// <summary>2.04</summary>
    public static readonly CoapCode Changed = Of(2, 4);

    /// <summary>2.05</summary>
    public static readonly CoapCode Content = Of(2, 5);

    /// <summary>2.31: the block is taken, send the next (RFC 7959, 2.9.1)</summary>
    public static readonly CoapCode Continue = Of(2, 31);

    /// <summary>4.00</summary>
    public static readonly CoapCode BadRequest = Of(4, 0);

    /// <summary>4.01</summary>
    public static readonly CoapCode Unauthorized = Of(4, 1);

    /// <summary>4.02</summary>
    public static readonly CoapCode BadOption = Of(4, 2);

    /// <summary>4.03</summary>
    public static readonly CoapCode Forbidden = Of(4, 3);

    /// <summary>4.04</summary>
    public static readonly CoapCode NotFound = Of(4, 4);

    /// <summary>4.05</summary>
    public static readonly CoapCode MethodNotAllowed = Of(4, 5);

    /// <summary>4.06</summary>
    public static readonly CoapCode NotAcceptable = Of(4, 6);

    /// <summary>4.08: blocks are missing (RFC 7959, 2.9.2)</summary>
    public static readonly CoapCode RequestEntityIncomplete = Of(4, 8);

    /// <summary>4.09 (RFC 8132)</summary>
    public static readonly CoapCode Conflict = Of(4, 9);

    /// <summary>4.12</summary>
    public static readonly CoapCode PreconditionFailed = Of(4, 12);

    /// <summary>4.13</summary>
    public static readonly CoapCode RequestEntityTooLarge = Of(4, 13);

    /// <summary>4.15</summary>
    public static readonly CoapCode UnsupportedContentFormat = Of(4, 15);

    /// <summary>4.22 (RFC 8132)</summary>
    public static readonly CoapCode UnprocessableEntity = Of(4, 22);

    /// <summary>4.29 (RFC 8516)</summary>
    public static readonly CoapCode TooManyRequests = Of(4, 29);

    /// <summary>5.00</summary>
    public static readonly CoapCode InternalServerError = Of(5, 0);

    /// <summary>5.01</summary>
    public static readonly CoapCode NotImplemented = Of(5, 1);

    /// <summary>5.02</summary>
    public static readonly CoapCode BadGateway = Of(5, 2);

    /// <summary>5.03; Max-Age says when to come again</summary>
    public static readonly CoapCode ServiceUnavailable = Of(5, 3);

    /// <summary>5.04</summary>
    public static readonly CoapCode GatewayTimeout = Of(5, 4);

    /// <summary>5.05</summary>
    public static readonly CoapCode ProxyingNotSupported = Of(5, 5);

    /// <summary>5.08 (RFC 8768)</summary>
    public static readonly CoapCode HopLimitReached = Of(5, 8);

    /// <summary>7.01: Capabilities and Settings Message (RFC 8323, 5.3)</summary>
    public static readonly CoapCode Csm = Of(7, 1);

    /// <summary>7.02 (RFC 8323, 5.4)</summary>
    public static readonly CoapCode Ping = Of(7, 2);

    /// <summary>7.03 (RFC 8323, 5.4)</summary>
    public static readonly CoapCode Pong = Of(7, 3);

    /// <summary>7.04 (RFC 8323, 5.5)</summary>
    public static readonly CoapCode Release = Of(7, 4);

    /// <summary>7.05 (RFC 8323, 5.6)</summary>
    public static readonly CoapCode Abort = Of(7, 5);

    /// <summary>The class, 0 to 7.</summary>
    public int Class => Value >> 5;

    /// <summary>The detail, 0 to 31.</summary>
    public int Detail => Value & 0x1F;

    /// <summary>0.00</summary>
    public bool IsEmpty => Value == 0;

    /// <summary>0.01 to 0.31</summary>
    public bool IsRequest => Value is > 0 and < 32;

    /// <summary>Class 2, 4 or 5.</summary>
    public bool IsResponse => Class is 2 or 4 or 5;

    /// <summary>Class 2.</summary>
    public bool IsSuccess => Class == 2;

    /// <summary>Class 7, over reliable transports only.</summary>
    public bool IsSignal => Class == 7;

    /// <summary>Safe methods change nothing: GET and FETCH (RFC 7252, 5.1; RFC 8132, 2).</summary>
    public bool IsSafe => this == Get || this == Fetch;

    /// <summary>Idempotent methods may be repeated: all but POST and PATCH.</summary>
    public bool IsIdempotent => IsRequest && this != Post && this != Patch;

    /// <summary>The code <c>class.detail</c>.</summary>
    public static CoapCode Of(int @class, int detail)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)@class, 7u, nameof(@class));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)detail, 31u, nameof(detail));
        return new((byte)((@class << 5) | detail));
    }

    /// <summary>The form <c>2.05</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Detail:00}");
}
