using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Surety.Server.Features.Enrollment;

/// <summary>
/// The SHA-256 of a device's bootstrap certificate, which an enrollment identity names: <c>A-</c> and 32 octets in hexadecimal with colons.
/// <c>A</c> is the version of the interface. Clients write either case, so it is kept in one and compared so. (enrollment, "Identity and CSV rules".)
/// </summary>
/// <param name="Hex">64 hexadecimal digits, lower case.</param>
internal readonly record struct EnrollmentFingerprint(string Hex)
{
    /// <summary>The pattern of the contract, as far as it has a meaning.</summary>
    public const string Pattern = "^[Aa]-[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31}$";

    /// <summary>What an identity must look like, to be read behind the name of a member.</summary>
    public const string Expectation = "must be 'A-' and 32 hexadecimal octets with colons between them";

    /// <summary>Characters of an identity.</summary>
    public const int IdentityLength = 97;

    private const string Prefix = "A-";

    /// <summary>The fingerprint of a certificate.</summary>
    /// <param name="certificate">DER.</param>
    public static EnrollmentFingerprint Of(ReadOnlySpan<byte> certificate) => new(Convert.ToHexStringLower(SHA256.HashData(certificate)));

    /// <summary>Of a certificate whose SHA-256 is known.</summary>
    /// <param name="thumbprint">32 bytes.</param>
    public static EnrollmentFingerprint OfThumbprint(ReadOnlySpan<byte> thumbprint) => new(Convert.ToHexStringLower(thumbprint));

    /// <summary>Reads an enrollment identity of either case; nothing may stand around it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? identity, out EnrollmentFingerprint fingerprint)
    {
        fingerprint = default;
        if (identity is null || identity.Length != IdentityLength || !identity.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return false;
        Span<char> digits = stackalloc char[64];
        for (int i = Prefix.Length, count = 0; i < identity.Length; i++)
        {
            var isSeparator = (i - Prefix.Length) % 3 == 2;
            if (isSeparator ? identity[i] != ':' : !char.IsAsciiHexDigit(identity[i]))
                return false;
            if (!isSeparator)
                digits[count++] = char.ToLowerInvariant(identity[i]);
        }

        fingerprint = new EnrollmentFingerprint(new string(digits));
        return true;
    }

    /// <summary>The enrollment identity, upper case.</summary>
    public string ToIdentity() => Prefix + ToOctets();

    /// <summary>32 octets in upper-case hexadecimal with colons: <c>device_key</c> of the directory.</summary>
    public string ToOctets() => string.Create(95, Hex, static (span, hex) =>
    {
        for (int i = 0, at = 0; at < span.Length; at++)
            span[at] = at % 3 == 2 ? ':' : char.ToUpperInvariant(hex[i++]);
    });

    public override string ToString() => ToIdentity();
}
