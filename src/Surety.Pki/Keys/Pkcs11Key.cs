using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>
/// A key in a PKCS #11 token: a hardware module, or SoftHSM. It never leaves the token. While the token is away signing fails in words; once it is back signing works again,
/// without a restart. Safe to use from any thread; the token signs one at a time.
/// </summary>
/// <remarks>The module is called itself, not through OpenSSL's engine: the engine keeps the handles of a token that went away, for as long as the process lives.</remarks>
public sealed class Pkcs11Key : SigningKey
{
    private readonly Pkcs11Uri _uri;
    private readonly CryptokiModule _module;
    private readonly string? _pin;
    private nuint _session;
    private nuint _key;
    private int _generation;
    private PublicKey? _publicKey;

    private Pkcs11Key(Pkcs11Uri uri, CryptokiModule module, string? pin)
    {
        _uri = uri;
        _module = module;
        _pin = pin;
    }

    /// <summary>The environment variable with the module's path, for URIs without <c>module-path</c>; it is the one that OpenSSL's engine reads.</summary>
    public const string ModuleVariable = "PKCS11_MODULE_PATH";

    /// <inheritdoc/>
    public override PublicKey PublicKey => _publicKey!;

    /// <inheritdoc/>
    public override KeyCurve Curve => PublicKey.EncodedParameters!.RawData.AsSpan().SequenceEqual(P384Parameters) ? KeyCurve.P384 : KeyCurve.P256;

    private static ReadOnlySpan<byte> P256Parameters => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    private static ReadOnlySpan<byte> P384Parameters => [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22];

    /// <summary>Opens a key.</summary>
    /// <param name="uri"><c>pkcs11:token=...;object=...?module-path=...&amp;pin-source=...</c> (RFC 7512).</param>
    /// <param name="pin">The PIN, when the URI says nothing about it.</param>
    /// <exception cref="SigningKeyException">The URI, the module, the token, the PIN or the key is wrong; the message says which.</exception>
    public static new Pkcs11Key Open(string uri, string? pin = null)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!Pkcs11Uri.TryParse(uri, out Pkcs11Uri? parsed, out string? problem))
            throw new SigningKeyException($"The key cannot be found: {problem}.");
        string path = parsed.ModulePath ?? Environment.GetEnvironmentVariable(ModuleVariable)
            ?? throw new SigningKeyException($"Which PKCS #11 module the key is in is not known: add '?module-path=/usr/lib/...so' to the URI, or set {ModuleVariable}.");
        var key = new Pkcs11Key(parsed, CryptokiModule.Load(path), parsed.PinValue ?? ReadPin(parsed.PinSource) ?? pin);
        lock (key._module.Lock)
        {
            try
            {
                key.Connect();
            }
            catch (SigningKeyException e) when (key._module.Generation > 0 && !IsPin(e))
            {
                // The module knows the tokens of its start alone.
                key._module.Initialize(again: true);
                key.Connect();
            }
        }

        return key;
    }

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA384.HashSizeInBytes];
        hash = hash[..CryptographicOperations.HashData(HashAlgorithm, data, hash)];
        byte[] signature;
        lock (_module.Lock)
        {
            try
            {
                if (_session == 0 || _generation != _module.Generation)
                    Connect();
                signature = _module.Sign(_session, _key, hash);
            }
            catch (Exception e) when (e is CryptokiError or SigningKeyException && !IsPin(e))
            {
                signature = SignAnew(hash);
            }
        }

        return ToDer(signature);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        lock (_module.Lock)
        {
            if (_session != 0 && _generation == _module.Generation)
                _module.CloseSession(_session);
            _session = 0;
        }
    }

    /// <summary>The token has been away, or is: the module is started anew, and what it knew before is forgotten.</summary>
    private byte[] SignAnew(ReadOnlySpan<byte> hash)
    {
        _session = 0;
        _module.Initialize(again: true);
        Connect();
        try
        {
            return _module.Sign(_session, _key, hash);
        }
        catch (CryptokiError e)
        {
            _session = 0;
            throw new SigningKeyException($"The key {_uri.KeyName} in the token {_uri.TokenName} does not sign: {e.Message}.", e);
        }
    }

    private void Connect()
    {
        if (_module.Generation == 0)
            _module.Initialize(again: false);
        nuint session = 0;
        try
        {
            List<nuint> slots = _module.FindTokens(_uri);
            if (slots.Count == 0)
                throw new SigningKeyException($"The token {_uri.TokenName} is not there ({_module.Path}). Connect it, and check the token's label; signing goes on once it is back.");
            if (slots.Count > 1)
                throw new SigningKeyException($"There are {slots.Count} tokens {_uri.TokenName}; name one by 'serial=' in the URI.");
            session = _module.OpenSession(slots[0]);
            if (_pin is not null)
                _module.Login(session, _pin);
            nuint key = _module.FindKey(session, _uri, isPrivate: true) ?? throw new SigningKeyException(
                $"There is no private key {_uri.KeyName} in the token {_uri.TokenName}{(_pin is null ? "; no PIN was given, and private keys are seen after the login alone" : "")}.");
            PublicKey found = ReadPublicKey(session, key);
            if (_publicKey is not null && !_publicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(found.ExportSubjectPublicKeyInfo()))
                throw new SigningKeyException($"The key {_uri.KeyName} in the token {_uri.TokenName} is another one than before.");
            _publicKey = found;
            _session = session;
            _key = key;
            _generation = _module.Generation;
        }
        catch (CryptokiError e)
        {
            Close(session);
            throw new SigningKeyException($"The token {_uri.TokenName} cannot be used: {e.Message}.", e);
        }
        catch (SigningKeyException)
        {
            Close(session);
            throw;
        }
    }

    private void Close(nuint session)
    {
        if (session != 0)
            _module.CloseSession(session);
    }

    private PublicKey ReadPublicKey(nuint session, nuint privateKey)
    {
        nuint publicKey = _module.FindKey(session, _uri, isPrivate: false, _module.GetId(session, privateKey)) ?? throw new SigningKeyException(
            $"The token {_uri.TokenName} has no public key beside the private key {_uri.KeyName}; both are wanted, with the same id.");
        (byte[] parameters, byte[] point) = _module.GetPublicKey(session, publicKey);
        if (!parameters.AsSpan().SequenceEqual(P256Parameters) && !parameters.AsSpan().SequenceEqual(P384Parameters))
            throw new SigningKeyException($"The key {_uri.KeyName} is neither on the curve P-256 nor on P-384.");
        try
        {
            return new PublicKey(new Oid(Oids.EcPublicKey), new AsnEncodedData(parameters), new AsnEncodedData(AsnDecoder.ReadOctetString(point, AsnEncodingRules.DER, out _)));
        }
        catch (AsnContentException e)
        {
            throw new SigningKeyException($"The public key {_uri.KeyName} cannot be read.", e);
        }
    }

    // A wrong PIN is not tried again: tokens lock themselves.
    private static bool IsPin(Exception e) => e.InnerException is CryptokiError { IsPin: true };

    private static string? ReadPin(string? file)
    {
        if (file is null)
            return null;
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SigningKeyException($"The PIN cannot be read (pin-source): {e.Message}", e);
        }
    }

    private static byte[] ToDer(ReadOnlySpan<byte> signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteUnsigned(writer, signature[..(signature.Length / 2)]);
            WriteUnsigned(writer, signature[(signature.Length / 2)..]);
        }

        return writer.Encode();
    }

    private static void WriteUnsigned(AsnWriter writer, ReadOnlySpan<byte> value)
    {
        int zeros = value.IndexOfAnyExcept((byte)0);
        writer.WriteIntegerUnsigned(zeros < 0 ? [0] : value[zeros..]);
    }
}
