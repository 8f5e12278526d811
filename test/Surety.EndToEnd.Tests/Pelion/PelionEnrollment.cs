using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>EST in the client's way: a PKCS #10 request with L, OU and CN, and a chain of its own making in return (pelion-clients, 4.4).</summary>
/// <param name="endpointName">CN.</param>
/// <param name="accountId">OU.</param>
/// <param name="deviceId">L.</param>
internal sealed class PelionEnrollment(string endpointName, string accountId, string deviceId) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A request for a key that was made for it, DER.</summary>
    public byte[] CreateRequest()
    {
        // The builder writes what is added last first: L, OU, CN in DER.
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(endpointName);
        subject.AddOrganizationalUnitName(accountId);
        subject.AddLocalityName(deviceId);
        return new CertificateRequest(subject.Build(), _key, HashAlgorithmName.SHA256).CreateSigningRequest();
    }

    /// <summary>The identity that an answer brings, with the key of the request.</summary>
    public PelionIdentity Accept(WireMessage answer, X509Certificate2 authority)
    {
        Assert.Equal(CoapCode.Changed, answer.Code);
        List<X509Certificate2> chain = ReadChain(answer.Payload);
        Assert.Equal(_key.ExportSubjectPublicKeyInfo(), chain[0].PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal((endpointName, accountId, deviceId), (Find(chain[0], "2.5.4.3"), Find(chain[0], "2.5.4.11"), Find(chain[0], "2.5.4.7")));
        return new PelionIdentity(chain[0].CopyWithPrivateKey(_key), [.. chain.Skip(1)], authority);
    }

    public void Dispose() => _key.Dispose();

    /// <summary>Version 1, a count, and each certificate behind its length, the device's own first.</summary>
    private static List<X509Certificate2> ReadChain(byte[] payload)
    {
        Assert.Equal(1, payload[0]);
        var chain = new List<X509Certificate2>();
        int offset = 2;
        for (int i = 0; i < payload[1]; i++)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(payload.AsSpan(offset));
            chain.Add(X509CertificateLoader.LoadCertificate(payload.AsSpan(offset + 2, length)));
            offset += 2 + length;
        }

        Assert.Equal(payload.Length, offset);
        return chain;
    }

    private static string? Find(X509Certificate2 certificate, string oid) => certificate.SubjectName.EnumerateRelativeDistinguishedNames()
        .Where(name => name.GetSingleElementType().Value == oid).Select(name => name.GetSingleElementValue()).SingleOrDefault();
}
