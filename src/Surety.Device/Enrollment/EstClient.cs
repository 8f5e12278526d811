using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;

namespace Surety.Device;

/// <summary>
/// The client's side of EST over secure CoAP (RFC 9148). The resources are looked for below <c>/est</c>, then by discovery, then below
/// <c>/.well-known/est</c>, which every server has.
/// </summary>
/// <param name="send">Sends a request to the EST server, over a connection on which both sides have proven who they are.</param>
/// <param name="time">The clock.</param>
public sealed class EstClient(Func<CoapRequest, CancellationToken, Task<CoapResponse>> send, TimeProvider? time = null)
{
    private const string ShortRoot = "/est";
    private const string DefaultRoot = "/.well-known/est";

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private string? _root;

    /// <summary>How long a server may put us off (5.03 with Max-Age; RFC 9148, 4.7), in all. Default a day.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Told how long we are put off.</summary>
    public Action<TimeSpan>? Waiting { get; init; }

    /// <summary>Fetches the certificates of the authority: <c>/crts</c> (RFC 7030, 4.1).</summary>
    /// <exception cref="EstException">The server refused, or answered what it must not.</exception>
    /// <exception cref="CoapExchangeException">No answer came.</exception>
    public async Task<X509Certificate2[]> GetCaCertificatesAsync(CancellationToken cancellationToken = default)
    {
        CoapResponse response = await SendAsync("crts", root => new CoapRequest(CoapCode.Get, root + "/crts") { Accept = ContentFormat.Pkcs7CertsOnly, MaxResponseBody = EstContent.MaxLength }, cancellationToken).ConfigureAwait(false);
        return EstContent.ReadCertificates(response.Payload, response.ContentFormat);
    }

    /// <summary>Asks what the server would like to see in a request, as object identifiers: <c>/att</c> (RFC 7030, 4.5).</summary>
    /// <inheritdoc cref="GetCaCertificatesAsync"/>
    public async Task<string[]> GetCsrAttributesAsync(CancellationToken cancellationToken = default)
    {
        CoapResponse response = await SendAsync("att", root => new CoapRequest(CoapCode.Get, root + "/att") { Accept = ContentFormat.CsrAttributes, MaxResponseBody = EstContent.MaxLength }, cancellationToken).ConfigureAwait(false);
        return response.Payload.IsEmpty ? [] : EstContent.ReadCsrAttributes(response.Payload);
    }

    /// <summary>Enrols: <c>/sen</c> (RFC 7030, 4.2.1).</summary>
    /// <param name="request">The PKCS #10 request, DER.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The certificates of the answer, in its order.</returns>
    /// <exception cref="EstException">The server refused, or answered what it must not.</exception>
    /// <exception cref="CoapExchangeException">No answer came.</exception>
    public Task<X509Certificate2[]> EnrollAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default) => EnrollAsync("sen", request, cancellationToken);

    /// <summary>Renews: <c>/sren</c> (RFC 7030, 4.2.2), over a connection that the certificate to be renewed has made.</summary>
    /// <inheritdoc cref="EnrollAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task<X509Certificate2[]> ReenrollAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default) => EnrollAsync("sren", request, cancellationToken);

    private async Task<X509Certificate2[]> EnrollAsync(string resource, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        CoapResponse response = await SendAsync(
            resource,
            root => new CoapRequest(CoapCode.Post, $"{root}/{resource}")
            {
                ContentFormat = ContentFormat.Pkcs10,
                Accept = ContentFormat.Pkcs7CertsOnly,
                Payload = request,
                MaxResponseBody = EstContent.MaxLength,
            },
            cancellationToken).ConfigureAwait(false);
        return EstContent.ReadCertificates(response.Payload, response.ContentFormat);
    }

    private async Task<CoapResponse> SendAsync(string resource, Func<string, CoapRequest> make, CancellationToken cancellationToken)
    {
        CoapResponse response = await SendPatientlyAsync(resource, make(_root ?? ShortRoot), cancellationToken).ConfigureAwait(false);
        if (response.Code == CoapCode.NotFound && _root is null)
        {
            _root = await DiscoverAsync(cancellationToken).ConfigureAwait(false);
            if (_root != ShortRoot)
                response = await SendPatientlyAsync(resource, make(_root), cancellationToken).ConfigureAwait(false);
        }

        if (!response.Code.IsSuccess)
            throw new EstException($"the EST server answered {resource} with {response}", response.Code);
        _root ??= ShortRoot;
        return response;
    }

    /// <summary>RFC 9148, 4.7: the identical request again, after as long as the server says.</summary>
    private async Task<CoapResponse> SendPatientlyAsync(string resource, CoapRequest request, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            CoapResponse response = await send(request, cancellationToken).ConfigureAwait(false);
            if (response.Code != CoapCode.ServiceUnavailable || !response.Options.Contains(CoapOptionNumber.MaxAge))
                return response;
            TimeSpan delay = response.MaxAge < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : response.MaxAge;
            if (_time.GetElapsedTime(start) + delay > Patience)
                throw new EstException(string.Create(CultureInfo.InvariantCulture, $"the EST server puts {resource} off for longer than {Patience}"), response.Code);
            Waiting?.Invoke(delay);
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>RFC 9148, 4.1: where the resources are. Links to other hosts are of no use on this connection.</summary>
    private async Task<string> DiscoverAsync(CancellationToken cancellationToken)
    {
        CoapResponse response = await send(new CoapRequest(CoapCode.Get, "/.well-known/core?rt=ace.est*") { MaxResponseBody = EstContent.MaxLength }, cancellationToken).ConfigureAwait(false);
        if (!response.Code.IsSuccess || !LinkFormat.TryParse(response.Payload.Span, out IReadOnlyList<CoreLink>? links, out _))
            return DefaultRoot;
        foreach (CoreLink link in links)
        {
            if (link.Target.StartsWith('/') && link.Target.EndsWith("/sen", StringComparison.Ordinal))
                return link.Target[..^"/sen".Length];
        }

        return DefaultRoot;
    }
}
