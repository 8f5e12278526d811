using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Surety.Coap;

/// <summary>
/// The number of files that the process may have open. The runtime needs some to start threads and to load assemblies, and ends the process
/// when it gets none; so connections must stop before there are none left, not after.
/// </summary>
internal static partial class DescriptorLimit
{
    // Threads that start at the same time, a database, the log.
    private const long Margin = 96;

    private const int ResourceNoFile = 7;

    /// <summary>The limit, <c>ulimit -n</c>; the runtime raises it to the hard one. Very many where it is not known.</summary>
    public static long Value { get; } =
        OperatingSystem.IsLinux() && GetResourceLimit(ResourceNoFile, out ResourceLimit limit) == 0 ? (long)Math.Min(limit.Current, long.MaxValue) : long.MaxValue;

    /// <summary>After this new socket there are few descriptors left. A new descriptor is the lowest one that is free, so that all below it are in use.</summary>
    public static bool IsNearlyReached(Socket socket) => socket.SafeHandle.DangerousGetHandle() >= Value - Margin;

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetResourceLimit(int resource, out ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Current;
        public ulong Maximum;
    }
}
