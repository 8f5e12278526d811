using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Device;

namespace Surety.Fuzz.Targets.Device;

/// <summary>What an EST server answers to a device, and what orders it to renew (object 35011). The first byte says which. Nothing but <see cref="EstException"/> is thrown.</summary>
internal sealed class DeviceEnrollmentTarget : FuzzTarget
{
    private static readonly ContentFormat?[] Formats = [ContentFormat.Pkcs7CertsOnly, ContentFormat.PkixCertificate, null, ContentFormat.Pkcs10];

    public override string Name => "device-enrollment";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[]
        {
            "000100064C574D324D00", "00010006", "8001", "8002000100", "0001000A424F4F54535452415000", "06092A864886F70D010702", "06092A864886F70D010701", "020101", "3100", "A000", "A080", "3080", "0000", "06082A8648CE3D040302",
        }.Select(Convert.FromHexString),
    ];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        if (input.IsEmpty)
            return;
        int kind = input[0] % 6;
        if (kind == 0)
        {
            bool isRead = EnrollInstance.TryReadName(input[1..], out string name);
            features.AddAmount(isRead ? 1 : 2, name.Length);
            Assert.True(!isRead || name.Length > 0);
            return;
        }

        byte[] body = input[1..].ToArray();
        try
        {
            if (kind == 1)
            {
                features.AddAmount(3, EstContent.ReadCsrAttributes(body).Length);
                return;
            }

            X509Certificate2[] certificates = EstContent.ReadCertificates(body, Formats[kind - 2]);
            Assert.NotEmpty(certificates);
            features.AddAmount(4 + kind, certificates.Length);
            foreach (X509Certificate2 certificate in certificates)
            {
                // What a device does with an answer.
                _ = certificate.PublicKey.ExportSubjectPublicKeyInfo();
                _ = certificate.Subject != certificate.Issuer;
                certificate.Dispose();
            }
        }
        catch (EstException e)
        {
            features.AddText(20 + kind, e.Message);
        }
    }
}
