using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Surety.Coap;

/// <summary>Finds the resource that a request is for, and lists all of them at <c>/.well-known/core</c> (RFC 6690).</summary>
public class CoapRouter : ICoapHandler
{
    private const int MaxPathLength = 512;

    private readonly ConcurrentDictionary<byte[], CoapResource> _resources = new(PathComparer.Instance);
    private readonly ConcurrentDictionary<byte[], CoapResource>.AlternateLookup<ReadOnlySpan<byte>> _byPath;

    /// <summary>A router that knows <c>/.well-known/core</c>.</summary>
    public CoapRouter()
    {
        _byPath = _resources.GetAlternateLookup<ReadOnlySpan<byte>>();
        CoapResource core = Map("/.well-known/core");
        core.IsHidden = true;
        core.On(CoapCode.Get, DescribeResources);
    }

    /// <summary>The resources, in no order.</summary>
    public IEnumerable<CoapResource> Resources => _resources.Values;

    /// <summary>The resource at a path; made when there is none.</summary>
    /// <param name="path">Absolute; segments are compared as they are.</param>
    public CoapResource Map(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string trimmed = path.Trim('/');
        return _resources.GetOrAdd(Encoding.UTF8.GetBytes(trimmed), static (_, path) => new CoapResource("/" + path), trimmed);
    }

    /// <summary>Takes a resource away.</summary>
    public bool Remove(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _resources.TryRemove(Encoding.UTF8.GetBytes(path.Trim('/')), out _);
    }

    /// <inheritdoc/>
    public virtual void OnRequest(ref IncomingRequest request)
    {
        if (!TryFind(request, out CoapResource? resource))
            request.RespondError(CoapCode.NotFound, "no such resource"u8);
        else if (resource.Find(request.Method) is not { } handler)
            request.RespondError(CoapCode.MethodNotAllowed, "the resource does not have this method"u8);
        else if (TryFindValidTag(request, resource, out ReadOnlyMemory<byte> tag))
            request.Respond(CoapCode.Valid).Option(CoapOptionNumber.ETag, tag.Span);
        else
            handler(ref request);
    }

    /// <summary>
    /// RFC 7252, 5.10.8: a resource of this router exists, whatever it contains; its entity-tag is what <see cref="CoapResource.ETag"/> says.
    /// </summary>
    public virtual bool? IsConditionMet(in IncomingRequest request)
    {
        bool exists = TryFind(request, out CoapResource? resource);
        var options = request.Message.Options;
        bool hasMatch = false, matches = false;
        while (options.MoveNext())
        {
            if (options.Number == CoapOptionNumber.IfNoneMatch && exists)
                return false;
            if (options.Number != CoapOptionNumber.IfMatch)
                continue;
            hasMatch = true;
            matches |= exists && (options.Value.IsEmpty || (resource!.ETag?.Invoke() is { } tag && tag.Span.SequenceEqual(options.Value)));
        }

        return !hasMatch || matches;
    }

    /// <inheritdoc/>
    public virtual BodyReceiver? OpenBody(ref IncomingRequest request) => TryFind(request, out CoapResource? resource) ? resource.BodyReceiver?.Invoke(request.Peer) : null;

    /// <inheritdoc/>
    public virtual bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

    /// <inheritdoc/>
    public virtual void OnReset(in CoapPeer peer, ushort messageId)
    {
    }

    /// <inheritdoc/>
    public virtual void Commit()
    {
    }

    /// <inheritdoc/>
    public virtual void OnPeerReleased(in CoapPeer peer, ConnectionRelease release)
    {
    }

    /// <inheritdoc/>
    public virtual void OnPeerClosed(in CoapPeer peer)
    {
    }

    /// <summary>RFC 7252, 5.10.6.2: the client has stored what the resource contains now. An observer gets the representation all the same.</summary>
    private static bool TryFindValidTag(in IncomingRequest request, CoapResource resource, out ReadOnlyMemory<byte> tag)
    {
        tag = default;
        if (resource.ETag is null || request.Method != CoapCode.Get || request.Observe is not null || request.IsContinuation)
            return false;
        CoapOptionReader options = request.Message.Options;
        while (options.MoveNext())
        {
            // RFC 7252, 5.4.3: an elective option of a wrong length is as good as absent.
            if (options.Number != CoapOptionNumber.ETag || options.Value.Length is 0 or > 8)
                continue;
            if (tag.IsEmpty)
                tag = resource.ETag();
            if (tag.Span.SequenceEqual(options.Value))
                return true;
        }

        return false;
    }

    private bool TryFind(in IncomingRequest request, [NotNullWhen(true)] out CoapResource? resource)
    {
        Span<byte> path = stackalloc byte[MaxPathLength];
        int length = 0;
        foreach (ReadOnlySpan<byte> segment in request.Path)
        {
            resource = null;
            if (segment.Contains((byte)'/') || length + 1 + segment.Length > path.Length)
                return false;
            path[length++] = (byte)'/';
            segment.CopyTo(path[length..]);
            length += segment.Length;
        }

        // Without its first slash, as mapped; the root has no segment, which is not the same as an empty one.
        if (length == 1)
        {
            resource = null;
            return false;
        }

        return _byPath.TryGetValue(path[Math.Min(length, 1)..length], out resource);
    }

    /// <summary>RFC 6690, 4: the links, filtered by the query.</summary>
    private void DescribeResources(ref IncomingRequest request)
    {
        if (request.Accept is { } accept && accept != ContentFormat.LinkFormat)
        {
            request.RespondError(CoapCode.NotAcceptable, "only link-format (40)"u8);
            return;
        }

        var filter = new LinkFilter(request);
        var links = new StringBuilder();
        foreach (CoapResource resource in Resources.Where(r => !r.IsHidden).OrderBy(r => r.Path, StringComparer.Ordinal))
        {
            string link = resource.ToLink();
            if (!filter.Matches(link))
                continue;
            if (links.Length > 0)
                links.Append(',');
            links.Append(link);
        }

        if (links.Length == 0 && request.IsMulticast)
        {
            // RFC 7252, 8.2: silence when there is nothing to say.
            request.RespondError(CoapCode.NotFound, default(ReadOnlySpan<byte>));
            return;
        }

        request.Respond(CoapCode.Content, ContentFormat.LinkFormat, Encoding.UTF8.GetBytes(links.ToString()));
    }

    private sealed class PathComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly PathComparer Instance = new();

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> bytes)
        {
            uint hash = 2166136261;
            foreach (byte b in bytes)
                hash = (hash ^ b) * 16777619;
            return (int)hash;
        }
    }
}
