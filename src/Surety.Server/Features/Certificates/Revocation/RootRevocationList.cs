using System.Security.Cryptography;
using Surety.Pki;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// The revocation list of the root, <c>ca/root.crl</c> in the data directory, which <c>surety ca crl</c> makes where the root's key is. It is read
/// when somebody asks for it: the operator puts it there, and replaces it, while the server runs.
/// </summary>
internal sealed partial class RootRevocationList(PlatformAuthority platform, DataDirectory data, ILogger<RootRevocationList> log)
{
    /// <summary>The file, in the data directory: DER or PEM.</summary>
    public static readonly string FileName = Path.Combine("ca", "root.crl");

    // Some thousand intermediates.
    private const int MaxLength = 256 * 1024;

    /// <summary>Whether an authority is the root.</summary>
    public bool IsRoot(string authority) => authority == PlatformAuthority.KeyIdOf(platform.Root);

    /// <summary>The list, DER; null: there is none, or what there is cannot be given out, which is in the log.</summary>
    public async Task<(byte[] List, DateTimeOffset MadeAt)?> ReadAsync(CancellationToken cancellationToken)
    {
        var path = data.File(FileName);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return null;
            var bytes = file.Length <= MaxLength ? await File.ReadAllBytesAsync(path, cancellationToken) : [];
            var list = ReadPem(bytes) ?? bytes;
            if (RevocationListCheck.FindFault(list, platform.Root) is not { } fault)
                return (list, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));
            LogUnusable(path, file.Length <= MaxLength ? fault : $"it has more than {MaxLength} bytes");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogUnusable(path, error.Message);
        }

        return null;
    }

    private static byte[]? ReadPem(byte[] bytes)
    {
        if (!PemEncoding.TryFindUtf8(bytes, out var fields) || !bytes.AsSpan()[fields.Label].SequenceEqual("X509 CRL"u8))
            return null;
        return Convert.FromBase64String(System.Text.Encoding.ASCII.GetString(bytes.AsSpan()[fields.Base64Data]));
    }

    [LoggerMessage(1764, LogLevel.Error, "The root's revocation list {Path} is not given out: {Reason}. Make it anew with `surety ca crl`")]
    private partial void LogUnusable(string path, string reason);
}
