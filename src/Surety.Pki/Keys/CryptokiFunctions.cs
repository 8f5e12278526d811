using System.Runtime.InteropServices;

namespace Surety.Pki;

/// <summary>
/// CK_FUNCTION_LIST up to C_Sign (PKCS #11 2.40, pkcs11f.h): the version, then one pointer a function in the order of the header file.
/// CK_ULONG is the C type <c>unsigned long</c>: a <see cref="nuint"/> wherever Surety runs but on Windows.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CryptokiFunctions
{
    private readonly nint _version;
    public delegate* unmanaged[Cdecl]<void*, nuint> Initialize;
    public delegate* unmanaged[Cdecl]<void*, nuint> FinalizeModule;
    private fixed long _getInfo[2];
    public delegate* unmanaged[Cdecl]<byte, nuint*, nuint*, nuint> GetSlotList;
    private fixed long _getSlotInfo[1];
    public delegate* unmanaged[Cdecl]<nuint, CryptokiTokenInfo*, nuint> GetTokenInfo;
    private fixed long _getMechanismList[5];
    public delegate* unmanaged[Cdecl]<nuint, nuint, void*, void*, nuint*, nuint> OpenSession;
    public delegate* unmanaged[Cdecl]<nuint, nuint> CloseSession;
    private fixed long _closeAllSessions[4];
    public delegate* unmanaged[Cdecl]<nuint, nuint, byte*, nuint, nuint> Login;
    private fixed long _logout[5];
    public delegate* unmanaged[Cdecl]<nuint, nuint, CryptokiAttribute*, nuint, nuint> GetAttributeValue;
    private fixed long _setAttributeValue[1];
    public delegate* unmanaged[Cdecl]<nuint, CryptokiAttribute*, nuint, nuint> FindObjectsInit;
    public delegate* unmanaged[Cdecl]<nuint, nuint*, nuint, nuint*, nuint> FindObjects;
    public delegate* unmanaged[Cdecl]<nuint, nuint> FindObjectsFinal;
    private fixed long _encryptInit[13];
    public delegate* unmanaged[Cdecl]<nuint, CryptokiMechanism*, nuint, nuint> SignInit;
    public delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint> Sign;
}
