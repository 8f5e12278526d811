using System.Globalization;

namespace Surety.Coap;

/// <summary>A Content-Format number: media type, parameters and content coding in one number (RFC 7252, 12.3).</summary>
/// <param name="Value">The registered number, 0 to 65535.</param>
public readonly record struct ContentFormat(ushort Value)
{
    /// <summary><c>text/plain; charset=utf-8</c></summary>
    public static readonly ContentFormat TextPlain = new(0);

    /// <summary><c>application/link-format</c> (RFC 6690)</summary>
    public static readonly ContentFormat LinkFormat = new(40);

    /// <summary><c>application/xml</c></summary>
    public static readonly ContentFormat Xml = new(41);

    /// <summary><c>application/octet-stream</c></summary>
    public static readonly ContentFormat OctetStream = new(42);

    /// <summary><c>application/exi</c></summary>
    public static readonly ContentFormat Exi = new(47);

    /// <summary><c>application/json</c></summary>
    public static readonly ContentFormat Json = new(50);

    /// <summary><c>application/cbor</c> (RFC 8949)</summary>
    public static readonly ContentFormat Cbor = new(60);

    /// <summary><c>application/multipart-core</c> (RFC 8710)</summary>
    public static readonly ContentFormat MultipartCore = new(62);

    /// <summary><c>application/senml+json</c> (RFC 8428)</summary>
    public static readonly ContentFormat SenmlJson = new(110);

    /// <summary><c>application/senml+cbor</c> (RFC 8428)</summary>
    public static readonly ContentFormat SenmlCbor = new(112);

    /// <summary><c>application/pkcs7-mime; smime-type=certs-only</c> (RFC 9148, 8.1)</summary>
    public static readonly ContentFormat Pkcs7CertsOnly = new(281);

    /// <summary><c>application/pkcs8</c> (RFC 9148, 8.1)</summary>
    public static readonly ContentFormat Pkcs8 = new(284);

    /// <summary><c>application/csrattrs</c> (RFC 9148, 8.1)</summary>
    public static readonly ContentFormat CsrAttributes = new(285);

    /// <summary><c>application/pkcs10</c> (RFC 9148, 8.1)</summary>
    public static readonly ContentFormat Pkcs10 = new(286);

    /// <summary><c>application/pkix-cert</c> (RFC 9148, 8.1)</summary>
    public static readonly ContentFormat PkixCertificate = new(287);

    /// <summary><c>application/senml-etch+json</c> (RFC 8790)</summary>
    public static readonly ContentFormat SenmlEtchJson = new(320);

    /// <summary><c>application/senml-etch+cbor</c> (RFC 8790)</summary>
    public static readonly ContentFormat SenmlEtchCbor = new(322);

    /// <summary><c>application/vnd.oma.lwm2m+tlv</c></summary>
    public static readonly ContentFormat Lwm2mTlv = new(11542);

    /// <summary><c>application/vnd.oma.lwm2m+json</c>, the JSON of LwM2M 1.0</summary>
    public static readonly ContentFormat Lwm2mJson = new(11543);

    /// <summary><c>application/vnd.oma.lwm2m+cbor</c>, since LwM2M 1.2</summary>
    public static readonly ContentFormat Lwm2mCbor = new(11544);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
