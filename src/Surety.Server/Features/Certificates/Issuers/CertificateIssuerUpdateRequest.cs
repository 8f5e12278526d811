using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Certificates;

/// <summary>What to change of an issuer. A member that is absent or null stays as it is.</summary>
internal sealed record CertificateIssuerUpdateRequest
{
    [Description("A name that no other issuer of the account has.")]
    [MinLength(1, ErrorMessage = "must not be empty")]
    [MaxLength(50)]
    public string? Name { get; init; }

    [Description("For people.")]
    [MaxLength(100)]
    public string? Description { get; init; }

    [Description("All attributes anew.")]
    public IReadOnlyDictionary<string, string>? IssuerAttributes { get; init; }

    [Description("All credentials anew. Never shown again.")]
    public IReadOnlyDictionary<string, string>? IssuerCredentials { get; init; }
}
