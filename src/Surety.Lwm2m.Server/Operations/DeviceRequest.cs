using System.Buffers;
using System.Globalization;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>An operation on a device (LwM2M Core 6.3; as CoAP: Transport 6.4.4). The factories name the operations; the properties allow any request.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">What it is on; the root for composite operations.</param>
public sealed record DeviceRequest(CoapCode Method, Lwm2mPath Path)
{
    /// <summary>The Content-Format wanted; null lets the device choose.</summary>
    public ContentFormat? Accept { get; init; }

    /// <summary>The Content-Format of the payload.</summary>
    public ContentFormat? ContentFormat { get; init; }

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Uri-Query options, <c>pmin=10</c> for instance.</summary>
    public IReadOnlyList<string> Queries { get; init; } = [];

    /// <summary>Sent Confirmable.</summary>
    public bool Confirmable { get; init; } = true;

    /// <summary>Read: an object, instance, resource or resource instance (6.3.1).</summary>
    public static DeviceRequest Read(Lwm2mPath path, ContentFormat? accept = null) => new(CoapCode.Get, path) { Accept = accept };

    /// <summary>Discover: what is there, and its attributes (6.3.2).</summary>
    /// <param name="path">An object, instance or resource.</param>
    /// <param name="depth">0 to 3 levels below the path (LwM2M 1.2); null: the specification's default.</param>
    public static DeviceRequest Discover(Lwm2mPath path, int? depth = null) => new(CoapCode.Get, path)
    {
        Accept = Surety.Coap.ContentFormat.LinkFormat,
        Queries = depth is { } d ? [string.Create(CultureInfo.InvariantCulture, $"depth={d}")] : [],
    };

    /// <summary>Write with replacement: of an instance, resource or resource instance (6.3.3).</summary>
    public static DeviceRequest Write(Lwm2mPath path, ContentFormat format, ReadOnlyMemory<byte> payload) =>
        new(CoapCode.Put, path) { ContentFormat = format, Payload = payload };

    /// <summary>Write as a partial update of an instance or a multiple resource (6.3.3).</summary>
    public static DeviceRequest Update(Lwm2mPath path, ContentFormat format, ReadOnlyMemory<byte> payload) =>
        new(CoapCode.Post, path) { ContentFormat = format, Payload = payload };

    /// <summary>Write-Attributes (6.3.4): what is set gets its value, what is unset is removed.</summary>
    public static DeviceRequest WriteAttributes(Lwm2mPath path, AttributeChange change) => new(CoapCode.Put, path) { Queries = [.. change.ToQueries()] };

    /// <summary>Execute a resource (6.3.5).</summary>
    /// <param name="path">A resource.</param>
    /// <param name="arguments">The argument list, <c>0='a',1</c>; null for none.</param>
    public static DeviceRequest Execute(Lwm2mPath path, string? arguments = null) => new(CoapCode.Post, path)
    {
        ContentFormat = arguments is null ? null : Surety.Coap.ContentFormat.TextPlain,
        Payload = arguments is null ? default : Encoding.UTF8.GetBytes(arguments),
    };

    /// <summary>Create an instance of an object; the payload names the instance, or lets the device choose (6.3.6).</summary>
    public static DeviceRequest Create(ushort objectId, ContentFormat format, ReadOnlyMemory<byte> payload) =>
        new(CoapCode.Post, new Lwm2mPath(objectId)) { ContentFormat = format, Payload = payload };

    /// <summary>Delete an instance (6.3.7), or a resource instance (1.2).</summary>
    public static DeviceRequest Delete(Lwm2mPath path) => new(CoapCode.Delete, path);

    /// <summary>Read-Composite: several paths at once (6.3.8).</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="format">The format of the list: SenML or SenML-ETCH.</param>
    /// <param name="registration">The device; its alternate path stands before every name.</param>
    /// <param name="accept">The format of the answer; null for SenML in the encoding of the list.</param>
    public static DeviceRequest ReadComposite(IReadOnlyList<Lwm2mPath> paths, ContentFormat format, Registration registration, ContentFormat? accept = null) => new(CoapCode.Fetch, Lwm2mPath.Root)
    {
        ContentFormat = format,
        Accept = accept ?? AnswerFormat(format),
        Payload = EncodePaths(paths, format, registration),
    };

    /// <summary>Write-Composite: several values at once, all or none (6.3.9).</summary>
    public static DeviceRequest WriteComposite(ContentFormat format, ReadOnlyMemory<byte> payload) =>
        new(CoapCode.IPatch, Lwm2mPath.Root) { ContentFormat = format, Payload = payload };

    /// <summary>SenML-ETCH is for requests alone (RFC 8790, 3): the answer to it is SenML.</summary>
    internal static ContentFormat AnswerFormat(ContentFormat listFormat) =>
        listFormat == Surety.Coap.ContentFormat.SenmlEtchJson ? Surety.Coap.ContentFormat.SenmlJson
        : listFormat == Surety.Coap.ContentFormat.SenmlEtchCbor ? Surety.Coap.ContentFormat.SenmlCbor
        : listFormat;

    internal static ReadOnlyMemory<byte> EncodePaths(IReadOnlyList<Lwm2mPath> paths, ContentFormat format, Registration registration)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(registration);
        var buffer = new ArrayBufferWriter<byte>();
        var context = new ContentContext(null, default, registration.Links, registration.Version);
        return Lwm2mContent.TryEncodePaths(format, [.. paths], context, buffer, out string? reason) ? buffer.WrittenMemory : throw new ArgumentException(reason, nameof(paths));
    }

    internal CoapRequest ToCoap(Registration registration, uint? observe, CoapToken? token)
    {
        var request = new CoapRequest(Method) { Payload = Payload, Confirmable = Confirmable, Accept = Accept, ContentFormat = ContentFormat, Observe = observe, Token = token };
        foreach (string segment in registration.Links.RootPath.Split('/', StringSplitOptions.RemoveEmptyEntries))
            request.Options.Add(CoapOptionNumber.UriPath, segment);
        for (int i = 0; i < Path.Level; i++)
            request.Options.Add(CoapOptionNumber.UriPath, Path[i].ToString(CultureInfo.InvariantCulture));
        foreach (string query in Queries)
            request.Options.Add(CoapOptionNumber.UriQuery, query);
        return request;
    }
}
