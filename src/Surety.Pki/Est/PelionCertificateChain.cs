using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>
/// The form in which Pelion's device client wants its certificate, unless it is built to follow LwM2M: a version, a count, and each
/// certificate behind its length, the device's own first.
/// </summary>
public static class PelionCertificateChain
{
    /// <summary>The most certificates in a chain: what the client has room for.</summary>
    public const int MaxCertificates = 5;

    private const byte Version = 1;
    private const int HeaderLength = 2, LengthLength = 2;

    /// <summary>Writes a chain.</summary>
    /// <param name="certificates">The device's certificate, then its issuers upwards; 1 to <see cref="MaxCertificates"/>.</param>
    /// <exception cref="ArgumentException">There are none or too many, or one is too long for its length.</exception>
    public static byte[] Write(IReadOnlyList<X509Certificate2> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        if (certificates.Count is 0 or > MaxCertificates || certificates.Any(certificate => certificate.RawDataMemory.Length > ushort.MaxValue))
            throw new ArgumentException($"A chain has 1 to {MaxCertificates} certificates of at most {ushort.MaxValue} bytes.", nameof(certificates));
        byte[] chain = new byte[HeaderLength + certificates.Sum(certificate => LengthLength + certificate.RawDataMemory.Length)];
        chain[0] = Version;
        chain[1] = (byte)certificates.Count;
        Span<byte> rest = chain.AsSpan(HeaderLength);
        foreach (X509Certificate2 certificate in certificates)
        {
            ReadOnlySpan<byte> der = certificate.RawDataMemory.Span;
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)der.Length);
            der.CopyTo(rest[LengthLength..]);
            rest = rest[(LengthLength + der.Length)..];
        }

        return chain;
    }

    /// <summary>Reads a chain.</summary>
    /// <param name="chain">The whole chain.</param>
    /// <param name="certificates">The device's certificate, then the others.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlySpan<byte> chain, [NotNullWhen(true)] out IReadOnlyList<X509Certificate2>? certificates, [NotNullWhen(false)] out string? problem)
    {
        certificates = null;
        if (chain.Length < HeaderLength || chain[0] != Version || chain[1] is 0 or > MaxCertificates)
        {
            problem = $"it is no certificate chain of version {Version} with 1 to {MaxCertificates} certificates";
            return false;
        }

        var read = new List<X509Certificate2>(chain[1]);
        problem = Read(chain, read);
        if (problem is null)
        {
            certificates = read;
            return true;
        }

        foreach (X509Certificate2 certificate in read)
            certificate.Dispose();
        return false;
    }

    private static string? Read(ReadOnlySpan<byte> chain, List<X509Certificate2> certificates)
    {
        int count = chain[1];
        ReadOnlySpan<byte> rest = chain[HeaderLength..];
        for (int i = 1; i <= count; i++)
        {
            if (rest.Length < LengthLength || BinaryPrimitives.ReadUInt16BigEndian(rest) > rest.Length - LengthLength)
                return $"certificate {i} of {count} is cut off";
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            try
            {
                certificates.Add(X509CertificateLoader.LoadCertificate(rest.Slice(LengthLength, length)));
            }
            catch (CryptographicException e)
            {
                return $"certificate {i} of {count} cannot be read ({e.Message})";
            }

            rest = rest[(LengthLength + length)..];
        }

        return rest.IsEmpty ? null : "there are bytes behind the certificates";
    }
}
