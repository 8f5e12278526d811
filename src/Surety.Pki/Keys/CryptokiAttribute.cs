using System.Runtime.InteropServices;

namespace Surety.Pki;

/// <summary>CK_ATTRIBUTE</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CryptokiAttribute
{
    public nuint Type;
    public void* Value;
    public nuint Length;
}
