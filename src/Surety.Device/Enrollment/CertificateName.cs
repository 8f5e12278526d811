using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Lwm2m.Client;
using Surety.Pki;

namespace Surety.Device;

/// <summary>The subject that a device asks for: its endpoint name, and what the bootstrap has told of its account.</summary>
internal static class CertificateName
{
    /// <summary>CN: the endpoint name; OU: the account id, <c>aid</c> in the URI of the server; L: the device id, <c>iep</c> of the Bootstrap-Finish or in that URI. The latter two as Pelion's servers tell and want them.</summary>
    public static CertificateSubject From(string endpointName, EnrollmentOrder order)
    {
        string[] queries = [.. order.FinishQueries, .. order.Accounts.SelectMany(account => QueriesOf(account.Uri))];
        return new CertificateSubject(endpointName, OrganizationalUnit: Find(queries, "aid="), Locality: Find(queries, "iep="));
    }

    /// <summary>A PKCS #10 request, DER, signed with SHA-256.</summary>
    public static byte[] CreateRequest(X500DistinguishedName subject, ECDsa key) => new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSigningRequest();

    private static string? Find(string[] queries, string name) => Array.Find(queries, query => query.StartsWith(name, StringComparison.Ordinal) && query.Length > name.Length)?[name.Length..];

    private static string[] QueriesOf(CoapUri? uri)
    {
        int start = uri?.PathAndQuery.IndexOf('?', StringComparison.Ordinal) ?? -1;
        return start < 0 ? [] : uri!.PathAndQuery[(start + 1)..].Split('&');
    }
}
