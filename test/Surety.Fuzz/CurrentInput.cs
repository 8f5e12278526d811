using System.Buffers.Binary;

namespace Surety.Fuzz;

/// <summary>
/// The input that is being run, in a file that is mapped into memory: should the process die of it - an endless recursion, a fault in
/// native memory - the file tells of which.
/// </summary>
internal sealed class CurrentInput : IDisposable
{
    private readonly FuzzFolder _folder;
    private readonly FileStream _file;
    private readonly System.IO.MemoryMappedFiles.MemoryMappedFile _map;
    private readonly System.IO.MemoryMappedFiles.MemoryMappedViewAccessor _view;
    private readonly byte[] _copy;

    private CurrentInput(FuzzFolder folder, int maxLength)
    {
        _folder = folder;
        folder.PrepareCurrent();
        _copy = new byte[maxLength + sizeof(int)];
        _file = new FileStream(folder.Current, FileMode.Create, FileAccess.ReadWrite);
        _map = System.IO.MemoryMappedFiles.MemoryMappedFile.CreateFromFile(_file, null, _copy.Length, System.IO.MemoryMappedFiles.MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor();
    }

    /// <summary>What the last run died of, if it did; the file is then gone.</summary>
    public static byte[]? TakeLast(FuzzFolder folder)
    {
        if (!File.Exists(folder.Current))
            return null;
        byte[] bytes = File.ReadAllBytes(folder.Current);
        File.Delete(folder.Current);
        if (bytes.Length < sizeof(int))
            return null;
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return length > 0 && length <= bytes.Length - sizeof(int) ? bytes.AsSpan(sizeof(int), length).ToArray() : null;
    }

    public static CurrentInput Open(FuzzFolder folder, int maxLength) => new(folder, maxLength);

    public void Set(ReadOnlySpan<byte> input)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_copy, input.Length);
        input.CopyTo(_copy.AsSpan(sizeof(int)));
        _view.WriteArray(0, _copy, 0, input.Length + sizeof(int));
    }

    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
        _file.Dispose();
        File.Delete(_folder.Current);
    }
}
