using System.Text;

namespace Surety.Coap;

/// <summary>A resource of a <see cref="CoapRouter"/>: what answers each method, and how it is described to those who discover it.</summary>
public sealed class CoapResource
{
    private readonly CoapRequestDelegate?[] _methods = new CoapRequestDelegate?[8];

    internal CoapResource(string path) => Path = path;

    /// <summary>The path, with a leading slash.</summary>
    public string Path { get; }

    /// <summary>Link attributes for <c>/.well-known/core</c>, as they stand there: <c>rt="temperature";ct=0</c> (RFC 6690).</summary>
    public string LinkAttributes { get; set; } = "";

    /// <summary>The entity-tag of what the resource contains now, 1 to 8 bytes, for conditional requests and validation (RFC 7252, 5.10.8.1, 5.10.6.2): a GET that names it gets 2.03; null: it has none, and no tag matches it.</summary>
    public Func<ReadOnlyMemory<byte>>? ETag { get; set; }

    /// <summary>Kept out of <c>/.well-known/core</c>.</summary>
    public bool IsHidden { get; set; }

    /// <summary>Takes bodies block by block, where there is one; see <see cref="ICoapHandler.OpenBody"/>.</summary>
    public Func<CoapPeer, BodyReceiver?>? BodyReceiver { get; set; }

    /// <summary>Answers a method.</summary>
    public CoapResource On(CoapCode method, CoapRequestDelegate handler)
    {
        if (method.Value is 0 or > 7)
            throw new ArgumentException($"{method} is not a registered method.", nameof(method));
        _methods[method.Value] = handler;
        return this;
    }

    /// <summary>Answers a method later; the request's body and options are copied for it.</summary>
    public CoapResource On(CoapCode method, Func<ReceivedRequest, Task<CoapResponse>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return On(method, (ref request) =>
        {
            var received = new ReceivedRequest(request);
            _ = RespondAsync(handler, received, request.Defer());
        });
    }

    /// <summary>The resource in the link format (RFC 6690).</summary>
    internal string ToLink()
    {
        var link = new StringBuilder("<");
        foreach (string segment in Path[1..].Split('/'))
            PercentEncoding.Encode(link.Append('/'), Encoding.UTF8.GetBytes(segment), PercentEncoding.SegmentChars);
        link.Append('>');
        return LinkAttributes.Length == 0 ? link.ToString() : link.Append(';').Append(LinkAttributes).ToString();
    }

    internal CoapRequestDelegate? Find(CoapCode method) => method.Value < _methods.Length ? _methods[method.Value] : null;

    private static async Task RespondAsync(Func<ReceivedRequest, Task<CoapResponse>> handler, ReceivedRequest request, DeferredResponse deferred)
    {
        // Off the endpoint's thread, which serves others.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        CoapResponse response;
        try
        {
            response = await handler(request).ConfigureAwait(false)
                ?? CoapResponse.Error(CoapCode.InternalServerError, "the server gave no answer");
        }
        catch (CoapException e)
        {
            response = CoapResponse.Error(e.Code, e.Message);
        }
        catch (Exception)
        {
            response = CoapResponse.Error(CoapCode.InternalServerError, "internal error");
        }

        deferred.Complete(response);
    }
}
