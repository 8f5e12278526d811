using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>A request of a server, out of its message: what may have to wait can be kept.</summary>
internal readonly record struct OperationRequest
{
    private static readonly string[] NoQueries = [];

    /// <summary>The method.</summary>
    public required CoapCode Method { get; init; }

    /// <summary>The path, without the alternate path; null when it is no path of the resource tree.</summary>
    public required Lwm2mPath? Path { get; init; }

    public ContentFormat? ContentFormat { get; init; }

    public ContentFormat? Accept { get; init; }

    /// <summary>0 registers, 1 deregisters.</summary>
    public int? Observe { get; init; }

    public required CoapToken Token { get; init; }

    public required IReadOnlyList<string> Queries { get; init; }

    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Copies a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="alternatePath">The segments of the alternate path; none for none.</param>
    public static OperationRequest Read(in IncomingRequest request, ReadOnlySpan<byte[]> alternatePath)
    {
        List<string>? queries = null;
        foreach (ReadOnlySpan<byte> query in request.Query)
            (queries ??= []).Add(Encoding.UTF8.GetString(query));
        return new OperationRequest
        {
            Method = request.Method,
            Path = ReadPath(request, alternatePath),
            ContentFormat = request.ContentFormat,
            Accept = request.Accept,
            Observe = request.Observe,
            Token = new CoapToken(request.Message.Token),
            Queries = queries is null ? NoQueries : queries,
            Payload = request.Payload.IsEmpty ? default : request.Payload.ToArray(),
        };
    }

    private static Lwm2mPath? ReadPath(in IncomingRequest request, ReadOnlySpan<byte[]> alternatePath)
    {
        RepeatedOptionReader segments = request.Path;
        foreach (byte[] expected in alternatePath)
        {
            if (!segments.MoveNext() || !segments.Current.SequenceEqual(expected))
                return null;
        }

        Lwm2mPath path = Lwm2mPath.Root;
        while (segments.MoveNext())
        {
            // One empty segment is what a trailing slash leaves, as in "/".
            if (segments.Current.IsEmpty && path.IsRoot && !segments.MoveNext())
                return path;
            if (!path.TryAppend(segments.Current, out Lwm2mPath below))
                return null;
            path = below;
        }

        return path;
    }
}
