namespace Surety.Server.Features.Certificates;

/// <summary>An external authority with what it takes to use it.</summary>
/// <param name="Id">The issuer.</param>
/// <param name="Name">Its name in the account.</param>
/// <param name="Type">Its protocol.</param>
/// <param name="Attributes">See <see cref="IssuerMembers"/>.</param>
/// <param name="Credentials">See <see cref="IssuerMembers"/>; secret.</param>
internal sealed record IssuerAccess(
    EntityId Id, string Name, CertificateIssuerType Type, IReadOnlyDictionary<string, string> Attributes, IReadOnlyDictionary<string, string> Credentials)
{
    // The generated text of a record would hold the credentials.
    public override string ToString() => $"{Type} {Name}";
}
