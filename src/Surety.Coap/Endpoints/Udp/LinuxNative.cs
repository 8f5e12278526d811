using System.Runtime.InteropServices;

namespace Surety.Coap;

/// <summary>The system calls that the batching socket needs, and their structures.</summary>
internal static unsafe partial class LinuxNative
{
    public const int AfInet = 2;
    public const int AfInet6 = 10;
    public const int MsgTrunc = 0x20;
    public const int MsgDontWait = 0x40;
    public const int PollIn = 1;
    public const int Eintr = 4;
    public const int Eagain = 11;
    public const int Enobufs = 105;
    public const int IpProtoIp = 0;
    public const int IpProtoIpv6 = 41;
    public const int IpPktInfo = 8;
    public const int Ipv6RecvPktInfo = 49;
    public const int Ipv6PktInfo = 50;
    public const int EfdNonblock = 0x800;
    public const int EfdCloexec = 0x80000;

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMessages(int socket, MultiMessage* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMessages(int socket, MultiMessage* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeout);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public void* Base;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct MultiMessage
    {
        public MessageHeader Header;
        public uint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ControlHeader
    {
        public nuint Length;
        public int Level;
        public int Type;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    /// <summary>Large enough for a sockaddr_in6.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 28)]
    public struct RawAddress
    {
        [FieldOffset(0)]
        public ushort Family;

        /// <summary>Network order.</summary>
        [FieldOffset(2)]
        public ushort Port;

        /// <summary>Network order.</summary>
        [FieldOffset(4)]
        public uint Address4;

        [FieldOffset(8)]
        public fixed byte Address6[16];

        [FieldOffset(24)]
        public uint Scope;
    }
}
