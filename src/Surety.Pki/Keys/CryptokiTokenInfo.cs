using System.Runtime.InteropServices;

namespace Surety.Pki;

/// <summary>The beginning of CK_TOKEN_INFO; the rest is room that modules write to.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CryptokiTokenInfo
{
    public fixed byte Label[32];
    public fixed byte Manufacturer[32];
    public fixed byte Model[16];
    public fixed byte Serial[16];
    public fixed byte Rest[256];
}
