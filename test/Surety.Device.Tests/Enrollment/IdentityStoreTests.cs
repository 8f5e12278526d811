using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Testing;

namespace Surety.Device.Tests;

public sealed class IdentityStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("surety-identity-").FullName;

    [Fact]
    public void A_key_that_has_its_certificate_is_not_used_for_the_next_one()
    {
        string keyFile = Path.Combine(_folder, "candidate.key");
        byte[] first = Enrol(out string keyText);
        // What is there when the power goes before the key's file is deleted.
        File.WriteAllText(keyFile, keyText);

        using ECDsa next = new IdentityStore(new IdentityFiles(_folder)).OpenKey();
        Assert.NotEqual(first, next.ExportSubjectPublicKeyInfo());

        // The key of an enrolment that was interrupted is used again.
        using ECDsa again = new IdentityStore(new IdentityFiles(_folder)).OpenKey();
        Assert.Equal(next.ExportSubjectPublicKeyInfo(), again.ExportSubjectPublicKeyInfo());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private byte[] Enrol(out string keyText)
    {
        var store = new IdentityStore(new IdentityFiles(_folder));
        using ECDsa key = store.OpenKey();
        keyText = File.ReadAllText(Path.Combine(_folder, "candidate.key"));
        using X509Certificate2 certificate = TestPki.Shared.Intermediate.Issue(new PublicKey(key), Surety.Pki.CertificateProfile.Device(new("device"), TestPki.Shared.Validity));
        store.AddCandidate(key, certificate, []);
        store.Confirm();
        return key.ExportSubjectPublicKeyInfo();
    }
}
