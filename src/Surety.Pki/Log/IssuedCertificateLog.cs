using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Surety.Pki;

/// <summary>
/// All certificates that an authority has issued, in a file that is only ever appended to: a certificate whose chain is right and that is not in here was not issued by us. A Merkle tree over
/// the entries (RFC 6962, 2) shows that nothing was changed or taken away. Some 90 bytes of memory an entry. Thread-safe; look-ups never wait for the disk.
/// </summary>
/// <remarks>
/// The file: 128 bytes of header - "SURETY-ISSUED-1" and a line feed, then twice a tree head of 48 bytes, written in turn - and 64 bytes an entry: the 58 of <see cref="LoggedCertificate"/> and the first
/// 6 of its leaf hash.
/// </remarks>
public sealed partial class IssuedCertificateLog : IDisposable
{
    private const int HeaderLength = 128, HeadLength = 48, RecordLength = 64, ChunkRecords = 1 << 14;

    private readonly Lock _lock = new();
    private readonly Lock _writeLock = new();
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly List<byte[]> _chunks = [];
    private readonly MerkleTree _tree;
    private readonly EntryIndex _byFingerprint, _bySerial;
    private int _count;
    private int _durable;

    private IssuedCertificateLog(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
        _tree = new MerkleTree(index => Hash256.OfLeaf(Entry(index)));
        _byFingerprint = new EntryIndex(index => LoggedCertificate.FingerprintOf(Entry(index)));
        _bySerial = new EntryIndex(index => LoggedCertificate.SerialOf(Entry(index)));
    }

    private static ReadOnlySpan<byte> Magic => "SURETY-ISSUED-1\n"u8;

    /// <summary>Entries, those that are not durable yet included.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>What the log is now.</summary>
    public TreeHead Head
    {
        get
        {
            lock (_lock)
                return new(_count, _tree.Root(_count));
        }
    }

    /// <summary>Opens a log, or makes one. A torn record at the end, which nobody was told of, is cut off.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be opened, or another process has it.</exception>
    /// <exception cref="InvalidDataException">The file is no log, or was changed.</exception>
    public static IssuedCertificateLog Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var log = new IssuedCertificateLog(path, file);
        try
        {
            log.Load();
            return log;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a certificate; it is durable once <see cref="Flush"/> has returned. One that is there already is not added again.</summary>
    /// <param name="fingerprint">SHA-256 of the certificate.</param>
    /// <param name="serial">Its serial number, big-endian, 1 to 20 bytes.</param>
    /// <param name="issuedAt">When it was issued.</param>
    /// <returns>The entry's place, from 0.</returns>
    public int Append(ReadOnlySpan<byte> fingerprint, ReadOnlySpan<byte> serial, DateTimeOffset issuedAt)
    {
        if (fingerprint.Length != SHA256.HashSizeInBytes || serial.Length is < 1 or > LoggedCertificate.MaxSerial)
            throw new ArgumentException("An entry has a SHA-256 fingerprint and a serial number of 1 to 20 bytes.");
        lock (_lock)
        {
            int known = _byFingerprint.Find(fingerprint);
            if (known >= 0)
                return known;
            if (_count % ChunkRecords == 0)
                _chunks.Add(new byte[ChunkRecords * RecordLength]);
            int index = _count++;
            Span<byte> record = Record(index);
            LoggedCertificate.Write(record[..LoggedCertificate.Length], fingerprint, serial, issuedAt);
            Take(index, record);
            return index;
        }
    }

    /// <summary>Has the disk keep what was appended before the call; calls at the same time share one write.</summary>
    /// <exception cref="IOException">The disk is full, or failed; the next call tries again.</exception>
    public void Flush()
    {
        int wanted = Count;
        lock (_writeLock)
        {
            if (_durable >= wanted)
                return;
            int count;
            byte[] root;
            List<ReadOnlyMemory<byte>> parts = [];
            lock (_lock)
            {
                count = _count;
                root = _tree.Root(count);
                for (int from = _durable; from < count;)
                {
                    int length = Math.Min(count - from, ChunkRecords - (from % ChunkRecords));
                    // Records are never changed once they are there: they can be written without the lock.
                    parts.Add(_chunks[from / ChunkRecords].AsMemory(from % ChunkRecords * RecordLength, length * RecordLength));
                    from += length;
                }
            }

            RandomAccess.Write(_file, parts, HeaderLength + ((long)_durable * RecordLength));
            RandomAccess.FlushToDisk(_file);
            // The head follows what it speaks of; a torn one is told by its hash, and then the other counts.
            WriteHead(count, root);
            _durable = count;
        }
    }

    /// <summary>The place of a certificate; -1: it was never issued.</summary>
    /// <param name="fingerprint">SHA-256 of the certificate.</param>
    public int Find(ReadOnlySpan<byte> fingerprint)
    {
        lock (_lock)
            return _byFingerprint.Find(fingerprint);
    }

    /// <summary>The first certificate with a serial number; null: there is none.</summary>
    /// <param name="serial">Big-endian.</param>
    public LoggedCertificate? FindSerial(ReadOnlySpan<byte> serial)
    {
        lock (_lock)
        {
            int index = _bySerial.Find(serial);
            return index < 0 ? null : LoggedCertificate.Read(Entry(index));
        }
    }

    /// <summary>An entry.</summary>
    public LoggedCertificate this[int index]
    {
        get
        {
            lock (_lock)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
                return LoggedCertificate.Read(Entry(index));
            }
        }
    }

    /// <summary>The bytes of an entry that its leaf hash is made of.</summary>
    public byte[] EntryBytes(int index)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
            return Entry(index).ToArray();
        }
    }

    /// <summary>The root over the first entries.</summary>
    public byte[] Root(int size)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)size, (uint)_count, nameof(size));
            return _tree.Root(size);
        }
    }

    /// <summary>Proof that an entry is in the tree of the first <paramref name="size"/> ones (RFC 6962, 2.1.1); see <see cref="MerkleProof"/>.</summary>
    public IReadOnlyList<byte[]> InclusionProof(int index, int size)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)size, (uint)_count, nameof(size));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)size, nameof(index));
            return _tree.InclusionProof(index, size);
        }
    }

    /// <summary>Proof that the first entries of a tree were those of an older one (RFC 6962, 2.1.2).</summary>
    public IReadOnlyList<byte[]> ConsistencyProof(int first, int size)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)size, (uint)_count, nameof(size));
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)first, (uint)size, nameof(first));
            return first == 0 ? [] : _tree.ConsistencyProof(first, size);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_file.IsClosed)
            return;
        try
        {
            Flush();
            RandomAccess.FlushToDisk(_file);
        }
        finally
        {
            _file.Dispose();
        }
    }

    private void Take(int index, Span<byte> record)
    {
        Hash256 leaf = Hash256.OfLeaf(record[..LoggedCertificate.Length]);
        ((ReadOnlySpan<byte>)leaf)[..(RecordLength - LoggedCertificate.Length)].CopyTo(record[LoggedCertificate.Length..]);
        _tree.Append(leaf);
        _byFingerprint.Add(index);
        _bySerial.Add(index);
    }

    private Span<byte> Record(int index) => _chunks[index / ChunkRecords].AsSpan(index % ChunkRecords * RecordLength, RecordLength);

    private ReadOnlySpan<byte> Entry(int index) => Record(index)[..LoggedCertificate.Length];

    private void WriteHead(int size, byte[] root)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        BinaryPrimitives.WriteInt64BigEndian(head, size);
        root.CopyTo(head[8..]);
        SHA256.HashData(head[..40])[..8].CopyTo(head[40..]);
        _nextHead ^= 1;
        RandomAccess.Write(_file, head, Magic.Length + (_nextHead * HeadLength));
    }
}
