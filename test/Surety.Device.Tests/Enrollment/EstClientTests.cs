using System.Security.Cryptography.X509Certificates;
using System.Text;
using Surety.Coap;
using Surety.Testing;

namespace Surety.Device.Tests;

public sealed class EstClientTests
{
    private readonly ManualTime _time = new();
    private readonly List<string> _requests = [];
    private readonly List<byte[]> _payloads = [];
    private readonly CoapResponse _good = new(CoapCode.Changed, ContentFormat.PkixCertificate, TestPki.Shared.Server.RawData);

    [Fact]
    public async Task An_enrolment_is_a_post_of_the_request_below_est()
    {
        var est = new EstClient((request, _) => Answer(request, _ => _good), _time);

        X509Certificate2[] answer = await est.EnrollAsync(new byte[] { 1, 2, 3 }, TestContext.Current.CancellationToken);

        Assert.Equal(["0.02 /est/sen 286 281"], _requests);
        Assert.Equal([1, 2, 3], _payloads.Single());
        Assert.Equal(TestPki.Shared.Server.SerialNumber, answer.Single().SerialNumber);
        await est.ReenrollAsync(new byte[] { 1 }, TestContext.Current.CancellationToken);
        await est.GetCaCertificatesAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["0.02 /est/sren 286 281", "0.01 /est/crts  281"], _requests[1..]);
    }

    [Fact]
    public async Task A_server_that_needs_time_gets_the_identical_request_again_when_it_wants()
    {
        int count = 0;
        var waits = new List<TimeSpan>();
        var est = new EstClient((request, _) => Answer(request, _ => ++count < 3 ? Later(600) : _good), _time) { Waiting = waits.Add };

        Task<X509Certificate2[]> enrolling = est.EnrollAsync(new byte[] { 7 }, TestContext.Current.CancellationToken);
        Assert.Single(_requests);
        _time.Advance(TimeSpan.FromSeconds(599));
        Assert.Single(_requests);
        _time.Advance(TimeSpan.FromSeconds(1));
        await TestServer.UntilAsync(() => _requests.Count == 2 && waits.Count == 2);
        _time.Advance(TimeSpan.FromSeconds(600));
        await enrolling;

        Assert.Equal([[7], [7], [7]], _payloads);
    }

    [Fact]
    public async Task A_server_that_never_has_time_is_given_up()
    {
        var est = new EstClient((request, _) => Answer(request, _ => Later(uint.MaxValue)), _time);

        EstException e = await Assert.ThrowsAsync<EstException>(() => est.EnrollAsync(new byte[] { 7 }, TestContext.Current.CancellationToken));

        Assert.Contains("longer", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("</x/est/crts>;rt=\"ace.est.crts\",</x/est/sen>;rt=\"ace.est.sen\"", "/x/est/sen")]
    [InlineData("<coaps://elsewhere/est/sen>;rt=\"ace.est.sen\"", "/.well-known/est/sen")]
    [InlineData(null, "/.well-known/est/sen")]
    public async Task Where_est_is_not_it_is_looked_for(string? links, string found)
    {
        var est = new EstClient(
            (request, _) => Answer(request, target => target == found ? _good
                : target == "/.well-known/core" && links is not null ? new CoapResponse(CoapCode.Content, ContentFormat.LinkFormat, Encoding.UTF8.GetBytes(links))
                : new CoapResponse(CoapCode.NotFound)),
            _time);

        await est.EnrollAsync(new byte[] { 7 }, TestContext.Current.CancellationToken);
        await est.EnrollAsync(new byte[] { 7 }, TestContext.Current.CancellationToken);

        Assert.Equal(["/est/sen", "/.well-known/core", found, found], _requests.Select(r => r.Split(' ')[1]));
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_reason()
    {
        var est = new EstClient((request, _) => Answer(request, _ => CoapResponse.Error(CoapCode.Forbidden, "not this key")), _time);

        EstException e = await Assert.ThrowsAsync<EstException>(() => est.EnrollAsync(new byte[] { 7 }, TestContext.Current.CancellationToken));

        Assert.Equal(CoapCode.Forbidden, e.Code);
        Assert.Contains("not this key", e.Message, StringComparison.Ordinal);
    }

    private static CoapResponse Later(uint seconds)
    {
        CoapResponse later = CoapResponse.Error(CoapCode.ServiceUnavailable, "later");
        later.Options.Set(CoapOptionNumber.MaxAge, seconds);
        return later;
    }

    private Task<CoapResponse> Answer(CoapRequest request, Func<string, CoapResponse> answer)
    {
        string target = "/" + string.Join('/', request.Options.GetStrings(CoapOptionNumber.UriPath));
        _requests.Add($"{request.Method} {target} {request.ContentFormat} {request.Accept}");
        _payloads.Add(request.Payload.ToArray());
        return Task.FromResult(answer(target));
    }
}
