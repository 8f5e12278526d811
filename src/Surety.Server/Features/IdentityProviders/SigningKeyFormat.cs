using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>The keys of providers, from JSON Web Keys to the PEM of the contract and to what checks signatures.</summary>
internal static class SigningKeyFormat
{
    /// <summary>What is wrong with keys that are not valid.</summary>
    public const string Mistake = "must each have a key of RSA with 2048 to 8192 bits, or on the curve P-256, P-384 or P-521, as PEM with the label PUBLIC KEY";

    private const int MaxKeys = 50;
    private const int MaxKidLength = 255;
    private const int MaxPemLength = 4096;
    private const int MinRsaSize = 2048;
    private const int MaxRsaSize = 8192;
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string Ec = "1.2.840.10045.2.1";

    /// <summary>The keys of a set that can sign ID tokens; others are left out (RFC 7517, 5).</summary>
    public static IReadOnlyList<IdpPublicKey> FromSet(JsonWebKeySet set) =>
        [.. set.Keys.Where(key => key.Use is null or "" or "sig").Select(FromJsonWebKey).OfType<IdpPublicKey>().Take(MaxKeys)];

    /// <summary>Whether a key can be used.</summary>
    public static bool IsValid(IdpPublicKey? key)
    {
        if (key?.Key is not { Length: <= MaxPemLength } pem || key.Kid is { Length: > MaxKidLength } || pem.Contains('\0', StringComparison.Ordinal) || key.Kid?.Contains('\0', StringComparison.Ordinal) == true)
            return false;
        if (Open(key) is not { } opened)
            return false;
        Close(opened);
        return true;
    }

    /// <summary>The key as the library takes it; null when it is none that we use. <see cref="Close"/> releases it.</summary>
    public static AsymmetricSecurityKey? Open(IdpPublicKey key)
    {
        try
        {
            if (!PemEncoding.TryFind(key.Key, out var fields) || !key.Key.AsSpan()[fields.Label].SequenceEqual("PUBLIC KEY"))
                return null;
            var der = Convert.FromBase64String(key.Key![fields.Base64Data]);
            var found = PublicKey.CreateFromSubjectPublicKeyInfo(der, out var read);
            if (read != der.Length)
                return null;
            return found.Oid.Value switch
            {
                Rsa when found.GetRSAPublicKey() is { KeySize: >= MinRsaSize and <= MaxRsaSize } rsa => new RsaSecurityKey(rsa) { KeyId = key.Kid },
                Ec when found.GetECDsaPublicKey() is { KeySize: 256 or 384 or 521 } ecdsa => new ECDsaSecurityKey(ecdsa) { KeyId = key.Kid },
                _ => null,
            };
        }
        catch (Exception error) when (error is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Releases what <see cref="Open"/> has made.</summary>
    public static void Close(AsymmetricSecurityKey key) => Algorithm(key)?.Dispose();

    private static AsymmetricAlgorithm? Algorithm(SecurityKey? key) => key switch
    {
        RsaSecurityKey rsa => rsa.Rsa,
        ECDsaSecurityKey ecdsa => ecdsa.ECDsa,
        _ => null,
    };

    private static IdpPublicKey? FromJsonWebKey(JsonWebKey key)
    {
        try
        {
            using AsymmetricAlgorithm? algorithm = key.Kty switch
            {
                JsonWebAlgorithmsKeyTypes.RSA => RSA.Create(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(key.N), Exponent = Base64UrlEncoder.DecodeBytes(key.E) }),
                JsonWebAlgorithmsKeyTypes.EllipticCurve => ECDsa.Create(new ECParameters
                {
                    Curve = key.Crv switch
                    {
                        JsonWebKeyECTypes.P256 => ECCurve.NamedCurves.nistP256,
                        JsonWebKeyECTypes.P384 => ECCurve.NamedCurves.nistP384,
                        JsonWebKeyECTypes.P521 => ECCurve.NamedCurves.nistP521,
                        _ => throw new FormatException("an unknown curve"),
                    },
                    Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) },
                }),
                _ => null,
            };
            var made = algorithm is null ? null : new IdpPublicKey(key.Kid, algorithm.ExportSubjectPublicKeyInfoPem());
            return IsValid(made) ? made : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
