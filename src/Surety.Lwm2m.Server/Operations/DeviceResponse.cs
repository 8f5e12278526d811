using System.Diagnostics.CodeAnalysis;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>What a device answered.</summary>
/// <param name="Code">The response code: 2.xx is success (Transport 6.7.4).</param>
public sealed record DeviceResponse(CoapCode Code)
{
    /// <summary>The Content-Format of the payload.</summary>
    public ContentFormat? ContentFormat { get; init; }

    /// <summary>The payload as it came.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>How long the value may be taken for the present one; 60 seconds unless the device says otherwise (RFC 7252, 5.10.5).</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The path of what was created, when the device names it.</summary>
    public Lwm2mPath? Location { get; init; }

    /// <summary>Class 2.</summary>
    public bool IsSuccess => Code.IsSuccess;

    /// <summary>The payload of an error: why, in the device's words.</summary>
    public string Diagnostic => Encoding.UTF8.GetString(Payload.Span);

    /// <summary>Decodes the payload into values.</summary>
    /// <param name="path">The path of the request; the root for composite ones.</param>
    /// <param name="context">Types, and the time.</param>
    /// <param name="entries">The values.</param>
    /// <param name="reason">What is wrong with the payload.</param>
    public bool TryDecode(Lwm2mPath path, in ContentContext context, [NotNullWhen(true)] out List<ResourceEntry>? entries, [NotNullWhen(false)] out string? reason)
    {
        entries = [];
        // Without a Content-Format the payload is text: that is what LwM2M 1.0 clients mean by leaving it out.
        if (Lwm2mContent.TryDecode(ContentFormat ?? Surety.Coap.ContentFormat.TextPlain, Payload.Span, path, context, entries, out reason))
            return true;
        entries = null;
        return false;
    }

    internal static DeviceResponse From(CoapResponse response) => new(response.Code)
    {
        ContentFormat = response.ContentFormat,
        Payload = response.Payload,
        MaxAge = response.MaxAge,
        Location = ReadLocation([.. response.Options.GetStrings(CoapOptionNumber.LocationPath)]),
    };

    internal static Lwm2mPath? ReadLocation(in CoapMessage response)
    {
        var segments = new List<string>();
        foreach (CoapOption option in response.Options)
        {
            if (option.Number == CoapOptionNumber.LocationPath)
                segments.Add(option.Text);
        }

        return ReadLocation(segments);
    }

    /// <summary>Object and instance; the alternate path, where there is one, comes before them.</summary>
    private static Lwm2mPath? ReadLocation(List<string> segments) =>
        segments.Count >= 2 && Lwm2mPath.TryParse($"/{segments[^2]}/{segments[^1]}", out Lwm2mPath path) ? path : null;
}
