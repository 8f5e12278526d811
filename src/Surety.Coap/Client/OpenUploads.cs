using System.Collections.Concurrent;

namespace Surety.Coap;

/// <summary>
/// Where bodies are on their way in blocks. A Request-Tag is needed while another body is on its way to the same resource, and after one that
/// was given up, since blocks of it may still arrive (RFC 9175, 3.4, 3.5).
/// </summary>
internal sealed class OpenUploads
{
    // More than these, and every upload is tagged.
    private const int MaxUntagged = 4096;

    private readonly ConcurrentDictionary<(PeerKey Peer, string Path), int> _untagged = new();

    /// <summary>True: the only upload to this resource, which needs no tag; <see cref="Close"/> ends it.</summary>
    public bool TryOpenUntagged(in PeerKey peer, string path) => _untagged.Count < MaxUntagged && _untagged.TryAdd((peer, path), 0);

    /// <summary>The untagged upload is complete.</summary>
    public void Close(in PeerKey peer, string path) => _untagged.TryRemove((peer, path), out _);
}
