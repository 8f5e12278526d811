using System.Formats.Asn1;
using System.Security.Cryptography;
using Surety.Pki;

namespace Surety.Fuzz.Targets.Pki;

/// <summary>
/// An authority whose name and key are the same in every run, so that inputs of the corpus can be about it. Its private key is public: 32 bytes of 1.
/// </summary>
internal static class FuzzedAuthority
{
    private static readonly byte[] PublicX = Convert.FromHexString("6FF03B949241CE1DADD43519E6960E0A85B41A69A05C328103AA2BCE1594CA16");
    private static readonly byte[] PublicY = Convert.FromHexString("3C4F753A55BF01DC53F6C0B0C7EEE78B40C6FF7D25A96E2282B989CEF71C144A");

    /// <summary>When inputs are judged: those of the corpus were made for it.</summary>
    public static readonly DateTimeOffset Time = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    public static SigningKey Key { get; } = SigningKey.From(ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        D = [.. Enumerable.Repeat((byte)1, 32)],
        Q = new ECPoint { X = PublicX, Y = PublicY },
    }));

    public static CertificateAuthority Authority { get; } =
        CertificateAuthority.CreateRoot(CertificateProfile.Authority(new CertificateSubject("Fuzz CA"), new ValidityPeriod(Time.AddYears(-10), Time.AddYears(10))), Key);

    /// <summary>Signs what an input says: a certificate, or a request. Null when it is no DER.</summary>
    public static byte[]? Sign(ReadOnlySpan<byte> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        try
        {
            writer.WriteEncodedValue(content);
        }
        catch (ArgumentException)
        {
            return null;
        }

        return CertificateWriter.Sign(writer, Key);
    }
}
