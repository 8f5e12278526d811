using System.Buffers.Binary;
using System.Security.Cryptography;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Connect;

/// <summary>
/// The DTLS sessions over a restart: one file, encrypted (AES-256-GCM) under a key in a file beside it, replaced as a whole. The sessions hold
/// traffic keys; whoever has the data directory has both, so the encryption guards copies of the one file alone.
/// </summary>
internal sealed partial class DtlsSessionFile(DataDirectory data, ILogger<DtlsSessionFile> log)
{
    private const string Name = "dtls-sessions.bin";
    private const string KeyName = "dtls-sessions.key";
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>The sessions saved last; none when there are none, or they cannot be read: devices then shake hands again.</summary>
    public async Task<IReadOnlyList<byte[]>> LoadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(data.File(Name)))
            return [];
        try
        {
            byte[] key = await GetKeyAsync(cancellationToken);
            byte[] file = await File.ReadAllBytesAsync(data.File(Name), cancellationToken);
            return Decode(Decrypt(key, file));
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException or IOException or FormatException)
        {
            LogUnreadable(e, data.File(Name));
            return [];
        }
    }

    /// <summary>Replaces what was saved before.</summary>
    public async Task SaveAsync(IReadOnlyList<byte[]> sessions, CancellationToken cancellationToken)
    {
        byte[] key = await GetKeyAsync(cancellationToken);
        byte[] content = new byte[sessions.Sum(session => sizeof(int) + session.Length)];
        int at = 0;
        foreach (byte[] session in sessions)
        {
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(at), session.Length);
            session.CopyTo(content, at + sizeof(int));
            at += sizeof(int) + session.Length;
        }

        byte[] encrypted = Encrypt(key, content);
        CryptographicOperations.ZeroMemory(content);
        await data.WriteSecretAsync(Name, encrypted, cancellationToken);
    }

    private async Task<byte[]> GetKeyAsync(CancellationToken cancellationToken)
    {
        string path = data.File(KeyName);
        if (!File.Exists(path))
            await data.WriteSecretAsync(KeyName, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyLength)), cancellationToken);
        return Convert.FromHexString((await File.ReadAllTextAsync(path, cancellationToken)).Trim());
    }

    private static byte[] Encrypt(byte[] key, byte[] content)
    {
        byte[] file = new byte[NonceLength + content.Length + TagLength];
        Span<byte> nonce = file.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var gcm = new AesGcm(key, TagLength);
        gcm.Encrypt(nonce, content, file.AsSpan(NonceLength, content.Length), file.AsSpan(NonceLength + content.Length));
        return file;
    }

    private static byte[] Decrypt(byte[] key, byte[] file)
    {
        if (file.Length < NonceLength + TagLength)
            throw new InvalidDataException("The file is too short.");
        byte[] content = new byte[file.Length - NonceLength - TagLength];
        using var gcm = new AesGcm(key, TagLength);
        gcm.Decrypt(file.AsSpan(0, NonceLength), file.AsSpan(NonceLength, content.Length), file.AsSpan(NonceLength + content.Length), content);
        return content;
    }

    private static List<byte[]> Decode(ReadOnlySpan<byte> content)
    {
        List<byte[]> sessions = [];
        while (content.Length >= sizeof(int))
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(content);
            if (length < 0 || length > content.Length - sizeof(int))
                throw new InvalidDataException("The file is damaged.");
            sessions.Add(content.Slice(sizeof(int), length).ToArray());
            content = content[(sizeof(int) + length)..];
        }

        return sessions;
    }

    [LoggerMessage(1432, LogLevel.Warning, "{File} cannot be read; devices will make new DTLS sessions")]
    private partial void LogUnreadable(Exception exception, string file);
}
