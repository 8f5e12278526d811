using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Surety.Cose;

/// <summary>COSE_Key (RFC 9052, 7): a public key on P-256, P-384 or P-521, or a symmetric key. Private keys are not read from messages.</summary>
public sealed class CoseKey
{
    private const long KeyTypeLabel = 1;
    private const long KeyIdLabel = 2;
    private const long AlgorithmLabel = 3;
    private const long OperationsLabel = 4;
    private const long CurveLabel = -1;
    private const long XLabel = -2;
    private const long YLabel = -3;
    private const long SecretLabel = -1;

    private const int TypeEc2 = 2;
    private const int TypeSymmetric = 4;

    private const int OperationVerify = 2;
    private const int OperationDecrypt = 4;
    private const int OperationMacVerify = 10;

    // A key for HMAC with SHA-512 has 64; none needs more.
    private const int MaxSecretLength = 128;

    private readonly int _keyType;
    private readonly ECParameters _point;
    private readonly byte[] _secret = [];
    private readonly HashSet<long>? _operations;

    private CoseKey(ECParameters point)
    {
        _keyType = TypeEc2;
        _point = point;
    }

    private CoseKey(byte[] secret, CoseAlgorithm algorithm)
    {
        _keyType = TypeSymmetric;
        _secret = secret;
        Algorithm = algorithm;
    }

    private CoseKey(CoseKey other, CoseAlgorithm algorithm, ReadOnlyMemory<byte>? keyId, HashSet<long>? operations)
    {
        (_keyType, _point, _secret) = (other._keyType, other._point, other._secret);
        (Algorithm, KeyId, _operations) = (algorithm, keyId, operations);
    }

    /// <summary>What the key is for; <see cref="CoseAlgorithm.None"/>: not said.</summary>
    public CoseAlgorithm Algorithm { get; }

    /// <summary>Its name; null: none.</summary>
    public ReadOnlyMemory<byte>? KeyId { get; }

    /// <summary>Whether it is a public key on a curve.</summary>
    public bool IsEllipticCurve => _keyType == TypeEc2;

    /// <summary>The public half of a key.</summary>
    public static CoseKey FromECDsa(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ECParameters point = key.ExportParameters(includePrivateParameters: false);
        _ = CurveNumber(point.Q.X!.Length);
        return new CoseKey(point);
    }

    /// <summary>A secret.</summary>
    /// <param name="secret">The key's bytes; copied.</param>
    /// <param name="algorithm">What it is for, and nothing else.</param>
    public static CoseKey FromSecret(ReadOnlySpan<byte> secret, CoseAlgorithm algorithm) => new(secret.ToArray(), algorithm);

    /// <summary>Reads a key.</summary>
    /// <param name="encoded">The whole of it.</param>
    /// <param name="key">The key; its point lies on its curve.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out CoseKey? key, [NotNullWhen(false)] out string? problem)
    {
        key = null;
        problem = null;
        try
        {
            CborReader reader = StrictCbor.Open(encoded);
            key = Read(reader);
            StrictCbor.End(reader);
            return true;
        }
        catch (Exception e) when (StrictCbor.IsContent(e) || e is CryptographicException)
        {
            key = null;
            problem = e is CryptographicException ? "its point is not on its curve" : $"it is no COSE_Key: {e.Message}";
            return false;
        }
    }

    /// <summary>The key as it goes into a message: type, curve and point, or type, algorithm and secret.</summary>
    public byte[] Encode()
    {
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> members = new() { [KeyTypeLabel] = Number(_keyType) };
        if (KeyId is { } keyId)
            members[KeyIdLabel] = Bytes(keyId.Span);
        if (Algorithm != CoseAlgorithm.None)
            members[AlgorithmLabel] = Number((int)Algorithm);
        if (_keyType == TypeSymmetric)
        {
            members[SecretLabel] = Bytes(_secret);
        }
        else
        {
            members[CurveLabel] = Number(CurveNumber(_point.Q.X!.Length));
            members[XLabel] = Bytes(_point.Q.X);
            members[YLabel] = Bytes(_point.Q.Y);
        }

        return StrictCbor.Encode(writer => StrictCbor.WriteMap(writer, members));
    }

    /// <summary>The public key, for the caller to dispose of; null: it is none.</summary>
    public ECDsa? ToECDsa() => IsEllipticCurve ? ECDsa.Create(_point) : null;

    /// <summary>Whether two are the same key, whatever else they say. In constant time for secrets.</summary>
    public bool IsSameKey(CoseKey other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_keyType != other._keyType)
            return false;
        return _keyType == TypeSymmetric
            ? CryptographicOperations.FixedTimeEquals(_secret, other._secret)
            : _point.Q.X.AsSpan().SequenceEqual(other._point.Q.X) && _point.Q.Y.AsSpan().SequenceEqual(other._point.Q.Y);
    }

    /// <summary>The secret, when the key is for an algorithm; else nothing.</summary>
    internal ReadOnlySpan<byte> SecretFor(CoseAlgorithm algorithm) =>
        _keyType == TypeSymmetric && algorithm != CoseAlgorithm.None && (Algorithm is CoseAlgorithm.None || Algorithm == algorithm)
        && (_operations is null || _operations.Contains(OperationDecrypt) || _operations.Contains(OperationMacVerify)) ? _secret : default;

    /// <summary>Whether the key, by what it says itself, checks signatures of an algorithm.</summary>
    internal bool MayVerify(CoseAlgorithm algorithm) =>
        IsEllipticCurve && (Algorithm is CoseAlgorithm.None || Algorithm == algorithm) && (_operations is null || _operations.Contains(OperationVerify));

    private static CoseKey Read(CborReader reader)
    {
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> members = StrictCbor.ReadLabels(reader);
        CoseAlgorithm algorithm = members.TryGetValue(AlgorithmLabel, out ReadOnlyMemory<byte> named) ? CoseHeaders.ReadAlgorithm(named) : CoseAlgorithm.None;
        if (algorithm == CoseAlgorithm.None && !named.IsEmpty)
            throw new CborContentException("its algorithm is not known here");
        HashSet<long>? operations = members.TryGetValue(OperationsLabel, out ReadOnlyMemory<byte> listed) ? ReadOperations(listed) : null;
        ReadOnlyMemory<byte>? keyId = members.TryGetValue(KeyIdLabel, out ReadOnlyMemory<byte> id) ? new CborReader(id).ReadByteString() : default(ReadOnlyMemory<byte>?);
        long type = StrictCbor.ReadInt64(new CborReader(Required(KeyTypeLabel)));
        CoseKey key = type switch
        {
            TypeEc2 => ReadPoint(),
            TypeSymmetric => new CoseKey(ReadSecret(), algorithm),
            _ => throw new CborContentException($"keys of type {type} are not known here"),
        };
        return new CoseKey(key, algorithm, keyId, operations);

        ReadOnlyMemory<byte> Required(long label) => members.TryGetValue(label, out ReadOnlyMemory<byte> value) ? value : throw new CborContentException($"member {label} is missing");

        byte[] ReadSecret() => new CborReader(Required(SecretLabel)).ReadByteString() is { Length: > 0 and <= MaxSecretLength } secret
            ? secret
            : throw new CborContentException($"a secret has 1 to {MaxSecretLength} bytes");

        CoseKey ReadPoint()
        {
            long number = StrictCbor.ReadInt64(new CborReader(Required(CurveLabel)));
            (ECCurve curve, int length) = number switch
            {
                1 => (ECCurve.NamedCurves.nistP256, 32),
                2 => (ECCurve.NamedCurves.nistP384, 48),
                3 => (ECCurve.NamedCurves.nistP521, 66),
                _ => throw new CborContentException($"curve {number} is not known here"),
            };
            CborReader y = new(Required(YLabel));
            if (y.PeekState() == CborReaderState.Boolean)
                throw new CborContentException("its point is compressed, which is not read here");
            ECParameters point = new() { Curve = curve, Q = new ECPoint { X = new CborReader(Required(XLabel)).ReadByteString(), Y = y.ReadByteString() } };
            if (point.Q.X.Length != length || point.Q.Y.Length != length)
                throw new CborContentException($"its coordinates do not have {length} bytes");
            // The platform refuses points that are not on the curve.
            ECDsa.Create(point).Dispose();
            return new CoseKey(point);
        }
    }

    private static HashSet<long> ReadOperations(ReadOnlyMemory<byte> encoded)
    {
        HashSet<long> operations = [];
        CborReader reader = new(encoded, CborConformanceMode.Strict);
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (StrictCbor.ReadLabel(reader) is { Text: null } operation)
                operations.Add(operation.Number);
        }

        return operations;
    }

    private static int CurveNumber(int length) => length switch
    {
        32 => 1,
        48 => 2,
        66 => 3,
        _ => throw new ArgumentException("The key is not on P-256, P-384 or P-521."),
    };

    private static byte[] Number(int value) => StrictCbor.Encode(writer => writer.WriteInt32(value));

    private static byte[] Bytes(ReadOnlySpan<byte> value)
    {
        CborWriter writer = new(CborConformanceMode.Strict);
        writer.WriteByteString(value);
        return writer.Encode();
    }
}
