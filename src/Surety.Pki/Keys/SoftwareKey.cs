using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>A key in this process.</summary>
internal sealed class SoftwareKey : SigningKey
{
    // The instances of ECDsa promise nothing about threads.
    private readonly Lock _lock = new();
    private readonly ECDsa _key;

    public SoftwareKey(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Curve = key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value switch
        {
            Oids.P256 => KeyCurve.P256,
            Oids.P384 => KeyCurve.P384,
            _ => throw new SigningKeyException("The key is neither on the curve P-256 nor on P-384."),
        };
        PublicKey = new PublicKey(key);
        _key = key;
    }

    public override PublicKey PublicKey { get; }

    public override KeyCurve Curve { get; }

    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_lock)
            return _key.SignData(data, HashAlgorithm, DSASignatureFormat.Rfc3279DerSequence);
    }

    public override void Save(string path, string? passphrase = null) => PemFiles.WritePrivateKey(path, _key, passphrase);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _key.Dispose();
    }
}
