using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Serialization;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Server.Api;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Features.Connect;

/// <summary>The body of <c>POST /v2/device-requests/{device-id}</c>. (connect, DeviceRequest.)</summary>
internal sealed record DeviceRequestBody
{
    /// <summary>The longest payload, bytes: one MiB, as Pelion has it.</summary>
    public const int MaxPayload = 1_048_576;

    private const int MaxQuery = 255;

    /// <summary>GET, PUT, POST or DELETE; also FETCH and IPATCH.</summary>
    [Required]
    public string? Method { get; init; }

    /// <summary>A path, <c>/3303/0/5700</c>; with a query for attributes, <c>/3303/0/5700?pmin=10</c>.</summary>
    [Required]
    [MaxLength(1024)]
    public string? Uri { get; init; }

    /// <summary>The media type wanted.</summary>
    public string? Accept { get; init; }

    /// <summary>The media type of the payload.</summary>
    [JsonPropertyName("content-type")]
    public string? ContentType { get; init; }

    /// <summary>The payload, base64.</summary>
    [JsonPropertyName("payload-b64")]
    public string? PayloadB64 { get; init; }

    /// <exception cref="ApiException">400 or 404.</exception>
    public DeviceRequest ToRequest()
    {
        if (!DeviceRequests.TryParseMethod(Method!, out var method))
            throw Invalid("method", "must be one of GET, PUT, POST, DELETE, FETCH, IPATCH");
        if (!DeviceRequests.TryParseUri(Uri!, out var path, out var queries) || (path.IsRoot && method != CoapCode.Fetch && method != CoapCode.IPatch))
            throw ConnectErrors.NoSuchPath(Uri!);
        CheckQueries(queries);
        return new DeviceRequest(method, path)
        {
            Queries = queries,
            Accept = Format("accept", Accept),
            ContentFormat = Format("content-type", ContentType),
            Payload = ReadPayload(),
        };
    }

    /// <summary>An option of CoAP takes no more. (RFC 7252, 5.10.)</summary>
    /// <exception cref="ApiException">400.</exception>
    public static void CheckQueries(IEnumerable<string> queries)
    {
        if (queries.Any(query => Encoding.UTF8.GetByteCount(query) > MaxQuery))
            throw ApiException.Invalid("uri", $"must have at most {MaxQuery} bytes in each part of its query");
    }

    private static ApiException Invalid(string name, string message) => ConnectErrors.MalformedContent(ApiException.Invalid(name, message));

    private static ContentFormat? Format(string name, string? mediaType)
    {
        if (string.IsNullOrEmpty(mediaType))
            return null;
        return MediaTypes.TryParse(mediaType, out var format)
            ? format
            : throw Invalid(name, $"'{ApiException.Shorten(mediaType)}' has no CoAP content format; known are {string.Join(", ", MediaTypes.Known)}");
    }

    private byte[] ReadPayload()
    {
        if (string.IsNullOrEmpty(PayloadB64))
            return [];
        var buffer = new byte[(PayloadB64.Length + 3) / 4 * 3];
        if (!Convert.TryFromBase64String(PayloadB64, buffer, out var length))
            throw Invalid("payload-b64", "must be standard base64");
        if (length > MaxPayload)
            throw ApiException.TooLarge(MaxPayload);
        return buffer[..length];
    }
}
