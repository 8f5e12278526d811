using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Security.Cryptography;
using Surety.Cose;

namespace Surety.Update;

/// <summary>SUIT_Envelope: a manifest with its signatures, and what was severed from it or comes along (draft-ietf-suit-manifest, 8.2).</summary>
public sealed class SuitEnvelope
{
    /// <summary>The CBOR tag of an envelope.</summary>
    public const ulong Tag = 107;

    private const long AuthenticationLabel = 2;
    private const long ManifestLabel = 3;
    private const long TextLabel = 23;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _integrated = [];
    private readonly List<CoseSign1> _signatures = [];
    private readonly byte[] _signed;

    private SuitEnvelope(SuitManifest manifest, SuitDigest digest)
    {
        Manifest = manifest;
        Digest = digest;
        _signed = digest.Encode();
    }

    /// <summary>The manifest, with what was severed and has come along.</summary>
    public SuitManifest Manifest { get; }

    /// <summary>The manifest's digest: its name in logs, and what is signed.</summary>
    public SuitDigest Digest { get; }

    /// <summary>How many signatures there are, whosever they may be.</summary>
    public int SignatureCount => _signatures.Count;

    /// <summary>Images and manifests that came along, by their URIs, which begin with <c>#</c>.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Integrated => _integrated;

    /// <summary>Reads an envelope. Digests are compared, signatures are not checked yet.</summary>
    /// <param name="encoded">The whole of it, with or without its tag.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out SuitEnvelope? envelope, [NotNullWhen(false)] out string? problem)
    {
        envelope = null;
        problem = null;
        try
        {
            envelope = Read(encoded);
            return true;
        }
        catch (Exception e) when (StrictCbor.IsContent(e))
        {
            problem = $"it is no SUIT envelope: {e.Message}";
            return false;
        }
    }

    /// <summary>Signs a manifest and puts it into an envelope.</summary>
    /// <param name="manifest">The encoded manifest (<see cref="SuitManifestBuilder"/>).</param>
    /// <param name="signers">The keys: the author's, or several.</param>
    /// <param name="integrated">What comes along, by URIs that begin with <c>#</c>.</param>
    /// <returns>The envelope, tagged.</returns>
    public static byte[] Sign(ReadOnlySpan<byte> manifest, IEnumerable<ICoseSigner> signers, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? integrated = null)
    {
        ArgumentNullException.ThrowIfNull(signers);
        byte[] wrapped = Wrap(manifest);
        byte[] digest = SuitDigest.Of(wrapped).Encode();
        List<byte[]> blocks = [Wrap(digest), .. signers.Select(signer => Wrap(CoseSign1.Sign(signer, digest, isDetached: true)))];
        byte[] authentication = StrictCbor.Encode(writer =>
        {
            writer.WriteStartArray(blocks.Count);
            foreach (byte[] block in blocks)
                writer.WriteEncodedValue(block);
            writer.WriteEndArray();
        });
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> members = new() { [AuthenticationLabel] = Wrap(authentication), [ManifestLabel] = wrapped };
        foreach ((string uri, ReadOnlyMemory<byte> content) in integrated ?? new Dictionary<string, ReadOnlyMemory<byte>>())
            members[uri] = Wrap(content.Span);
        return StrictCbor.Encode(writer =>
        {
            writer.WriteTag((CborTag)Tag);
            StrictCbor.WriteMap(writer, members);
        });
    }

    /// <summary>Whether a key has signed the manifest.</summary>
    /// <param name="key">The author's public key.</param>
    public bool IsSignedBy(ECDsa key) => _signatures.Exists(signature => signature.IsSignedBy(key, detached: _signed));

    private static SuitEnvelope Read(ReadOnlyMemory<byte> encoded)
    {
        CborReader reader = StrictCbor.Open(encoded);
        if (reader.PeekState() == CborReaderState.Tag && reader.ReadTag() != (CborTag)Tag)
            throw new CborContentException($"its tag is not {Tag}");
        Dictionary<CoseLabel, ReadOnlyMemory<byte>> members = StrictCbor.ReadLabels(reader);
        StrictCbor.End(reader);
        if (!members.Remove(AuthenticationLabel, out ReadOnlyMemory<byte> authentication) || !members.Remove(ManifestLabel, out ReadOnlyMemory<byte> wrapped))
            throw new CborContentException("it has no manifest, or no authentication");
        CborReader blocks = StrictCbor.Open(new CborReader(authentication).ReadByteString());
        blocks.ReadStartArray();
        SuitDigest digest = SuitDigest.Read(blocks.ReadByteString());
        // The digest is that of the manifest with the head of its byte string.
        if (!digest.IsOf(wrapped.Span))
            throw new CborContentException("the manifest is not the one that its digest is of");
        SuitEnvelope envelope = new(SuitManifest.Read(new CborReader(wrapped).ReadByteString()), digest);
        while (blocks.PeekState() != CborReaderState.EndArray)
            envelope.AddSignature(blocks.ReadByteString());
        blocks.ReadEndArray();
        StrictCbor.End(blocks);
        foreach ((CoseLabel label, ReadOnlyMemory<byte> value) in members)
            envelope.AddMember(label, value);
        return envelope;
    }

    private void AddSignature(ReadOnlyMemory<byte> block)
    {
        if (!CoseSign1.TryRead(block, out CoseSign1? signature, out string? problem))
            throw new CborContentException(problem);
        if (signature.Payload is not null)
            throw new CborContentException("a signature has a content of its own");
        _signatures.Add(signature);
    }

    private void AddMember(CoseLabel label, ReadOnlyMemory<byte> value)
    {
        if (label.Text is { } uri)
        {
            if (!uri.StartsWith('#'))
                throw new CborContentException($"what comes along has URIs that begin with '#', and not '{uri}'");
            _integrated[uri] = new CborReader(value).ReadByteString();
            return;
        }

        if (!Manifest.Severed.TryGetValue(label.Number, out SuitDigest? digest))
            throw new CborContentException($"member {label} of the envelope is not known here, or nothing that the manifest speaks of");
        if (!digest.IsOf(value.Span))
            throw new CborContentException($"member {label} of the envelope is not what the manifest speaks of");
        if (label.Number != TextLabel)
            Manifest.Join((SuitSection)label.Number, new CborReader(value).ReadByteString());
    }

    private static byte[] Wrap(ReadOnlySpan<byte> content)
    {
        CborWriter writer = new(CborConformanceMode.Strict);
        writer.WriteByteString(content);
        return writer.Encode();
    }
}
