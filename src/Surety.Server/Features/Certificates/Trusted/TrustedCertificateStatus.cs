using System.Text.Json.Serialization;

namespace Surety.Server.Features.Certificates;

/// <summary>Whether a certificate is believed now (trusted-certificates, <c>status</c>). INACTIVE keeps out every device of the authority.</summary>
internal enum TrustedCertificateStatus
{
    [JsonStringEnumMemberName("ACTIVE")]
    Active,

    [JsonStringEnumMemberName("INACTIVE")]
    Inactive,
}
