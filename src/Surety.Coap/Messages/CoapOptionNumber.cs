namespace Surety.Coap;

/// <summary>The registered option numbers this stack knows (RFC 7252, 12.2 and the documents named).</summary>
public enum CoapOptionNumber
{
    /// <summary>opaque, 0-8 bytes, repeatable</summary>
    IfMatch = 1,

    /// <summary>string, 1-255 bytes</summary>
    UriHost = 3,

    /// <summary>opaque, 1-8 bytes, repeatable in requests</summary>
    ETag = 4,

    /// <summary>empty</summary>
    IfNoneMatch = 5,

    /// <summary>uint, 0-3 bytes (RFC 7641)</summary>
    Observe = 6,

    /// <summary>uint, 0-2 bytes</summary>
    UriPort = 7,

    /// <summary>string, 0-255 bytes, repeatable</summary>
    LocationPath = 8,

    /// <summary>opaque (RFC 8613); not supported, and critical: 4.02</summary>
    Oscore = 9,

    /// <summary>string, 0-255 bytes, repeatable</summary>
    UriPath = 11,

    /// <summary>uint, 0-2 bytes</summary>
    ContentFormat = 12,

    /// <summary>uint, 0-4 bytes, seconds; 60 when absent</summary>
    MaxAge = 14,

    /// <summary>string, 0-255 bytes, repeatable</summary>
    UriQuery = 15,

    /// <summary>uint, 1 byte (RFC 8768)</summary>
    HopLimit = 16,

    /// <summary>uint, 0-2 bytes</summary>
    Accept = 17,

    /// <summary>string, 0-255 bytes, repeatable</summary>
    LocationQuery = 20,

    /// <summary>uint, 0-3 bytes (RFC 7959)</summary>
    Block2 = 23,

    /// <summary>uint, 0-3 bytes (RFC 7959)</summary>
    Block1 = 27,

    /// <summary>uint, 0-4 bytes, size of the response body (RFC 7959)</summary>
    Size2 = 28,

    /// <summary>string, 1-1034 bytes</summary>
    ProxyUri = 35,

    /// <summary>string, 1-255 bytes</summary>
    ProxyScheme = 39,

    /// <summary>uint, 0-4 bytes, size of the request body</summary>
    Size1 = 60,

    /// <summary>opaque, 1-40 bytes (RFC 9175)</summary>
    Echo = 252,

    /// <summary>uint, 0-1 byte (RFC 7967)</summary>
    NoResponse = 258,

    /// <summary>opaque, 0-8 bytes, repeatable (RFC 9175)</summary>
    RequestTag = 292,
}
