using System.Text.Json.Serialization;

namespace Surety.Server.Features.Certificates;

/// <summary>The protocol of an external certificate authority (certificate-issuers, <c>issuer_type</c>).</summary>
/// <remarks>The numbers are stored.</remarks>
internal enum CertificateIssuerType
{
    /// <summary>GlobalSign Atlas (HVCA).</summary>
    [JsonStringEnumMemberName("GLOBAL_SIGN")]
    GlobalSign = 0,

    /// <summary>CFSSL with an authentication key.</summary>
    [JsonStringEnumMemberName("CFSSL_AUTH")]
    CfsslAuth = 1,

    /// <summary>An EST server, RFC 7030; an addition of Surety.</summary>
    [JsonStringEnumMemberName("EST")]
    Est = 2,
}
