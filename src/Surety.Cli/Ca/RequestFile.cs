using System.Security.Cryptography;
using System.Text;
using Surety.Pki;

namespace Surety.Cli;

/// <summary>A PKCS #10 request in a file, DER or PEM.</summary>
internal static class RequestFile
{
    public static CertificationRequest Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        string text = Encoding.Latin1.GetString(bytes);
        byte[] der = PemEncoding.TryFind(text, out PemFields fields) ? Convert.FromBase64String(text[fields.Base64Data]) : bytes;
        return CertificationRequest.TryParse(der, out CertificationRequest? request, out string? problem) ? request : throw new CryptographicException($"{path}: {problem}.");
    }
}
