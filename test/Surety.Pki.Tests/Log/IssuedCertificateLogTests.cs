using System.Security.Cryptography;

namespace Surety.Pki.Tests;

public sealed class IssuedCertificateLogTests : IDisposable
{
    private const int Header = 128, Record = 64;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("surety-log").FullName;

    private string LogFile => Path.Combine(_folder, "issued.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_issued_is_found_also_after_a_restart()
    {
        byte[] root;
        using (IssuedCertificateLog log = IssuedCertificateLog.Open(LogFile))
        {
            for (int i = 0; i < 40_000; i++)
                Assert.Equal(i, Add(log, i));
            Assert.Equal(7, Add(log, 7));
            log.Flush();
            root = log.Head.Root.ToArray();
        }

        using IssuedCertificateLog again = IssuedCertificateLog.Open(LogFile);
        Assert.Equal(40_000, again.Head.Size);
        Assert.Equal(root, again.Head.Root.ToArray());
        Assert.Equal(39_999, again.Find(Fingerprint(39_999)));
        Assert.Equal(-1, again.Find(Fingerprint(40_000)));
        LoggedCertificate? found = again.FindSerial(Serial(20_000));
        Assert.Equal(Fingerprint(20_000), found!.Value.Fingerprint.ToArray());
        Assert.Equal(Serial(20_000), found.Value.Serial.ToArray());
        Assert.Equal(Now, found.Value.IssuedAt);
        Assert.Null(again.FindSerial(Serial(40_000)));
        Assert.Null(again.FindSerial([]));
        Assert.True(MerkleProof.VerifyInclusion(MerkleProof.HashLeaf(again.EntryBytes(123)), 123, 40_000, again.InclusionProof(123, 40_000), root));
        Assert.True(MerkleProof.VerifyConsistency(17_000, 40_000, again.Root(17_000), root, again.ConsistencyProof(17_000, 40_000)));
    }

    [Fact]
    public void A_torn_end_is_cut_off_and_the_log_goes_on()
    {
        Write(10);
        foreach (byte[] torn in new[] { new byte[30], new byte[Record], [.. RandomNumberGenerator.GetBytes(Record), 1, 2, 3] })
        {
            using (FileStream file = File.Open(LogFile, FileMode.Append))
                file.Write(torn);
            using IssuedCertificateLog log = IssuedCertificateLog.Open(LogFile);
            Assert.Equal(10, log.Count);
            Assert.Equal(Header + (10 * Record), new FileInfo(LogFile).Length);
        }

        using (IssuedCertificateLog log = IssuedCertificateLog.Open(LogFile))
            Add(log, 10);
        using IssuedCertificateLog grown = IssuedCertificateLog.Open(LogFile);
        Assert.Equal(10, grown.Find(Fingerprint(10)));
    }

    [Fact]
    public void Each_changed_byte_of_an_entry_is_noticed()
    {
        Write(5);
        byte[] good = File.ReadAllBytes(LogFile);
        for (int i = Header; i < good.Length; i++)
        {
            byte[] changed = (byte[])good.Clone();
            changed[i] ^= 1;
            File.WriteAllBytes(LogFile, changed);
            Assert.Throws<InvalidDataException>(() => IssuedCertificateLog.Open(LogFile).Dispose());
        }
    }

    [Fact]
    public void Entries_that_were_taken_away_or_forged_with_their_checksum_are_noticed()
    {
        Write(5);
        byte[] good = File.ReadAllBytes(LogFile);
        File.WriteAllBytes(LogFile, good[..^Record]);
        Assert.Contains("taken away", Assert.Throws<InvalidDataException>(() => IssuedCertificateLog.Open(LogFile)).Message, StringComparison.Ordinal);
        byte[] forged = (byte[])good.Clone();
        forged[Header] ^= 1;
        MerkleProof.HashLeaf(forged.AsSpan(Header, 58))[..6].CopyTo(forged, Header + 58);
        File.WriteAllBytes(LogFile, forged);
        Assert.Contains("not what it was", Assert.Throws<InvalidDataException>(() => IssuedCertificateLog.Open(LogFile)).Message, StringComparison.Ordinal);
        File.WriteAllText(LogFile, "something else altogether");
        Assert.Contains("is no log", Assert.Throws<InvalidDataException>(() => IssuedCertificateLog.Open(LogFile)).Message, StringComparison.Ordinal);
    }

    private static int Add(IssuedCertificateLog log, int number) => log.Append(Fingerprint(number), Serial(number), Now);

    private static byte[] Fingerprint(int number) => SHA256.HashData(BitConverter.GetBytes(number));

    private static byte[] Serial(int number) => [0x40, .. Fingerprint(number)[..15]];

    private void Write(int count)
    {
        using IssuedCertificateLog log = IssuedCertificateLog.Open(LogFile);
        for (int i = 0; i < count; i++)
        {
            Add(log, i);
            log.Flush();
        }
    }
}
