using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Surety.Load;

/// <summary>What this process has in use.</summary>
internal static partial class ProcessMemory
{
    private const int Mapped = 4;
    private const int InUse = 7;

    /// <summary>Bytes of live objects after a collection, and of live allocations of the C library.</summary>
    public static long Measure() => GC.GetTotalMemory(true) + (OperatingSystem.IsLinux() ? MeasureNative() : 0);

    private static long MeasureNative()
    {
        // Finalizers give native memory back.
        GC.WaitForPendingFinalizers();
        MallocInfo info = GetMallocInfo();
        return (long)(info[Mapped] + info[InUse]);
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial MallocInfo GetMallocInfo();

    // mallinfo2 of glibc 2.33: ten sizes, of which hblkhd is what is mapped and uordblks what is in use besides.
    [InlineArray(10)]
    private struct MallocInfo
    {
        private nuint _first;
    }
}
