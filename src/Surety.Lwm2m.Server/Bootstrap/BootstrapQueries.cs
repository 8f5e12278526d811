using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>Reads what a device asks a Bootstrap-Server for.</summary>
internal static class BootstrapQueries
{
    private const int MaxQueries = 64;

    // TS 1.2.1, 6.1.7.7: an account has an instance each of Security, OSCORE, MQTT Server, and some of COSE.
    private const int MaxAccountInstances = 16;

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isPack">It came to <c>/bspack</c>.</param>
    /// <param name="result">What the device wants.</param>
    /// <param name="refusal">The response code that a request with mistakes gets.</param>
    /// <param name="reason">The mistake.</param>
    public static bool TryRead(
        in IncomingRequest request, bool isPack, [NotNullWhen(true)] out BootstrapRequest? result, out CoapCode refusal, [NotNullWhen(false)] out string? reason)
    {
        result = null;
        refusal = CoapCode.BadRequest;
        string? endpoint = null;
        ContentFormat? format = isPack ? request.Accept ?? ContentFormat.SenmlCbor : null;
        List<Lwm2mPath> account = [];
        List<string> others = [];
        int count = 0;
        foreach (ReadOnlySpan<byte> query in request.Query)
        {
            reason = ++count > MaxQueries ? $"more than {MaxQueries} queries" : null;
            if (reason is null && !System.Text.Unicode.Utf8.IsValid(query))
                reason = "a query is not UTF-8";
            if (reason is not null)
                return false;
            string text = Encoding.UTF8.GetString(query);
            if (text.StartsWith("ep=", StringComparison.Ordinal))
                reason = TryTakeEndpoint(text[3..], ref endpoint);
            else if (text.StartsWith("pct=", StringComparison.Ordinal) && !isPack)
                reason = TryTakeFormat(text[4..], ref format);
            else if (text.StartsWith("acc=", StringComparison.Ordinal) && isPack)
                reason = TryTakeAccount(query[4..], account);
            else
                others.Add(text);
            if (reason is not null)
                return false;
        }

        if (format is { } wanted && !(isPack ? IsPackFormat(wanted) : IsWriteFormat(wanted)))
        {
            // Transport TS 1.2.2, table 6.7-1: 4.15 for pct, 4.06 for Accept.
            refusal = isPack ? CoapCode.NotAcceptable : CoapCode.UnsupportedContentFormat;
            reason = isPack
                ? "a pack is SenML CBOR (112), SenML JSON (110) or LwM2M CBOR (11544)"
                : "pct is one of 112 SenML CBOR, 110 SenML JSON, 11544 LwM2M CBOR, 11542 TLV";
            return false;
        }

        reason = null;
        result = new BootstrapRequest(request.Peer)
        {
            EndpointName = endpoint, PreferredContentFormat = format, IsPackRequest = isPack, BootstrapServerAccount = account, Others = others,
        };
        return true;
    }

    /// <summary>Core TS 1.2.2, 6.1.7.1.</summary>
    private static bool IsWriteFormat(ContentFormat format) => IsPackFormat(format) || format == ContentFormat.Lwm2mTlv;

    /// <summary>Core TS 1.2.2, 6.1.7.7.</summary>
    private static bool IsPackFormat(ContentFormat format) =>
        format == ContentFormat.SenmlCbor || format == ContentFormat.SenmlJson || format == ContentFormat.Lwm2mCbor;

    private static string? TryTakeEndpoint(string text, ref string? endpoint)
    {
        if (endpoint is not null)
            return "ep is there twice";
        if (text.Length is 0 or > BootstrapRequest.MaxEndpointName)
            return $"ep has 1 to {BootstrapRequest.MaxEndpointName} characters";
        endpoint = text;
        return null;
    }

    private static string? TryTakeFormat(string text, ref ContentFormat? format)
    {
        if (format is not null)
            return "pct is there twice";
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            return "pct is the number of a content format";
        format = Lwm2mContent.Canonical(new ContentFormat(number));
        return null;
    }

    /// <summary>Links without parameters: <c>&lt;/0/0&gt;,&lt;/21/0&gt;</c>.</summary>
    private static string? TryTakeAccount(ReadOnlySpan<byte> links, List<Lwm2mPath> account)
    {
        var reader = new LinkFormatReader(links);
        while (reader.ReadLink(out ReadOnlySpan<byte> target))
        {
            while (reader.ReadAttribute(out _))
            {
            }

            if (!Lwm2mPath.TryParse(target, out Lwm2mPath path) || !path.IsInstance)
                return "acc links to the instances of the bootstrap account: </0/0>,</21/0>";
            if (account.Count == MaxAccountInstances)
                return $"acc has more than {MaxAccountInstances} links";
            account.Add(path);
        }

        return reader.Error is { } error ? $"acc: {error}" : null;
    }
}
