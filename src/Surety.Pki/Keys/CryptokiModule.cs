using System.Runtime.InteropServices;
using System.Text;

namespace Surety.Pki;

/// <summary>
/// A PKCS #11 module, loaded once a process. Initialising it again is the way to find a token that was away: modules look for tokens then, and what they knew
/// of one that vanished - sessions, handles - stays void. Each initialisation is a new <see cref="Generation"/>.
/// </summary>
internal sealed unsafe class CryptokiModule
{
    private const nuint Ok = 0, AlreadyInitialized = 0x191, UserAlreadyLoggedIn = 0x100, BufferTooSmall = 0x150;
    private const nuint UserType = 1, SerialSession = 4, OsLockingOk = 2;
    private const nuint AttributeClass = 0, AttributeLabel = 3, AttributeId = 0x102, AttributeEcParameters = 0x180, AttributeEcPoint = 0x181, ClassPublicKey = 2, ClassPrivateKey = 3;
    private const nuint MechanismEcdsa = 0x1041;
    private const int MaxSlots = 256, MaxAttribute = 1024;

    private static readonly Lock ModulesLock = new();
    private static readonly Dictionary<string, CryptokiModule> Modules = [];

    private readonly CryptokiFunctions* _functions;

    private CryptokiModule(string path, CryptokiFunctions* functions)
    {
        Path = path;
        _functions = functions;
    }

    public string Path { get; }

    /// <summary>Calls are made under it: keys of one token share the login, and a new initialisation must find nobody at work.</summary>
    public Lock Lock { get; } = new();

    public int Generation { get; private set; }

    /// <exception cref="SigningKeyException">There is no such module.</exception>
    public static CryptokiModule Load(string path)
    {
        lock (ModulesLock)
        {
            if (Modules.TryGetValue(path, out CryptokiModule? known))
                return known;
            nint library;
            try
            {
                library = NativeLibrary.Load(path);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                throw new SigningKeyException($"The PKCS #11 module {path} cannot be loaded; install it, or name another with module-path in the URI ({e.Message}).", e);
            }

            if (!NativeLibrary.TryGetExport(library, "C_GetFunctionList", out nint export))
                throw new SigningKeyException($"{path} is no PKCS #11 module: it has no C_GetFunctionList.");
            CryptokiFunctions* functions = null;
            nuint result = ((delegate* unmanaged[Cdecl]<CryptokiFunctions**, nuint>)export)(&functions);
            if (result != Ok || functions == null)
                throw new SigningKeyException($"{path} is no PKCS #11 module that works: C_GetFunctionList says {CryptokiError.Describe(result)}.");
            var module = new CryptokiModule(path, functions);
            Modules.Add(path, module);
            return module;
        }
    }

    /// <summary>Has the module look for its tokens; called under <see cref="Lock"/>. All sessions end.</summary>
    public void Initialize(bool again)
    {
        if (again && Generation > 0)
            _functions->FinalizeModule(null);
        // CK_C_INITIALIZE_ARGS: the module may use the system's locks.
        nuint* arguments = stackalloc nuint[6];
        new Span<nuint>(arguments, 6).Clear();
        arguments[4] = OsLockingOk;
        nuint result = _functions->Initialize(arguments);
        if (result is not (Ok or AlreadyInitialized))
            throw new SigningKeyException($"The PKCS #11 module {Path} does not start: {CryptokiError.Describe(result)}. Its token or its configuration may be away; signing goes on once it is back.");
        Generation++;
    }

    /// <summary>Slots with the token that the URI names.</summary>
    public List<nuint> FindTokens(Pkcs11Uri uri)
    {
        nuint* slots = stackalloc nuint[MaxSlots];
        nuint count = MaxSlots;
        Check(_functions->GetSlotList(1, slots, &count), "C_GetSlotList");
        List<nuint> found = [];
        for (nuint i = 0; i < count; i++)
        {
            CryptokiTokenInfo info = default;
            if (_functions->GetTokenInfo(slots[i], &info) != Ok)
                continue;
            if ((uri.Token is null || Text(info.Label, 32) == uri.Token) && (uri.TokenSerial is null || Text(info.Serial, 16) == uri.TokenSerial))
                found.Add(slots[i]);
        }

        return found;
    }

    public nuint OpenSession(nuint slot)
    {
        nuint session;
        Check(_functions->OpenSession(slot, SerialSession, null, null, &session), "C_OpenSession");
        return session;
    }

    public void CloseSession(nuint session) => _functions->CloseSession(session);

    public void Login(nuint session, string pin)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(pin);
        fixed (byte* pointer = bytes)
        {
            nuint result = _functions->Login(session, UserType, pointer, (nuint)bytes.Length);
            Array.Clear(bytes);
            if (result != UserAlreadyLoggedIn)
                Check(result, "C_Login");
        }
    }

    /// <summary>The one private key, or the public one beside it, that a URI names; null: there is none.</summary>
    public nuint? FindKey(nuint session, Pkcs11Uri uri, bool isPrivate, byte[]? id = null)
    {
        nuint type = isPrivate ? ClassPrivateKey : ClassPublicKey;
        byte[]? label = id is null && uri.Label is not null ? Encoding.UTF8.GetBytes(uri.Label) : null;
        id ??= uri.Id;
        fixed (byte* labelPointer = label, idPointer = id)
        {
            CryptokiAttribute* template = stackalloc CryptokiAttribute[3];
            nuint count = 0;
            template[count++] = new() { Type = AttributeClass, Value = &type, Length = (nuint)sizeof(nuint) };
            if (label is not null)
                template[count++] = new() { Type = AttributeLabel, Value = labelPointer, Length = (nuint)label.Length };
            if (id is not null)
                template[count++] = new() { Type = AttributeId, Value = idPointer, Length = (nuint)id.Length };
            Check(_functions->FindObjectsInit(session, template, count), "C_FindObjectsInit");
            nuint* keys = stackalloc nuint[2];
            nuint found = 0;
            nuint result = _functions->FindObjects(session, keys, 2, &found);
            _functions->FindObjectsFinal(session);
            Check(result, "C_FindObjects");
            if (found > 1 && isPrivate)
                throw new SigningKeyException($"There is more than one private key {uri.KeyName} in the token {uri.TokenName}; name it by 'id=' as well.");
            return found == 0 ? null : keys[0];
        }
    }

    public byte[] GetId(nuint session, nuint key) => GetAttribute(session, key, AttributeId);

    /// <summary>The curve as DER object identifier, and the point in an OCTET STRING (PKCS #11 2.40, 2.3.3).</summary>
    public (byte[] Parameters, byte[] Point) GetPublicKey(nuint session, nuint key) =>
        (GetAttribute(session, key, AttributeEcParameters), GetAttribute(session, key, AttributeEcPoint));

    /// <summary>Signs a hash; r and s, each as long as the curve's order.</summary>
    public byte[] Sign(nuint session, nuint key, ReadOnlySpan<byte> hash)
    {
        var mechanism = new CryptokiMechanism { Mechanism = MechanismEcdsa };
        Check(_functions->SignInit(session, &mechanism, key), "C_SignInit");
        byte[] signature = new byte[256];
        nuint length = (nuint)signature.Length;
        fixed (byte* hashPointer = hash, signaturePointer = signature)
            Check(_functions->Sign(session, hashPointer, (nuint)hash.Length, signaturePointer, &length), "C_Sign");
        return signature[..(int)length];
    }

    private byte[] GetAttribute(nuint session, nuint key, nuint type)
    {
        byte[] value = new byte[MaxAttribute];
        fixed (byte* pointer = value)
        {
            var attribute = new CryptokiAttribute { Type = type, Value = pointer, Length = MaxAttribute };
            nuint result = _functions->GetAttributeValue(session, key, &attribute, 1);
            if (result == BufferTooSmall || (result == Ok && attribute.Length > MaxAttribute))
                throw new SigningKeyException($"An attribute of a key in {Path} is longer than {MaxAttribute} bytes.");
            Check(result, "C_GetAttributeValue");
            return value[..(int)attribute.Length];
        }
    }

    private static string Text(byte* padded, int length) => Encoding.UTF8.GetString(padded, length).TrimEnd(' ', '\0');

    private static void Check(nuint result, string function)
    {
        if (result != Ok)
            throw new CryptokiError(function, result);
    }
}
