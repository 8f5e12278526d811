using System.Runtime.InteropServices;

namespace Surety.Pki;

/// <summary>CK_MECHANISM</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CryptokiMechanism
{
    public nuint Mechanism;
    public void* Parameter;
    public nuint ParameterLength;
}
