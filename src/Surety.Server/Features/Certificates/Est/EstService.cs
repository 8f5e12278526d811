using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Pki;

namespace Surety.Server.Features.Certificates;

/// <summary>Enrolment over Secure Transport (RFC 7030), the same over CoAP and HTTPS: who may have which certificate.</summary>
internal sealed class EstService : IDisposable
{
    private readonly ICertificateIssuance _issuance;
    private readonly TimeProvider _time;
    private readonly EstRateLimit _limit;
    private readonly EstEnrollments _enrollments;
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="issuance">Has certificates made.</param>
    /// <param name="options">How it works.</param>
    /// <param name="time">The clock.</param>
    public EstService(ICertificateIssuance issuance, EstOptions options, TimeProvider time)
    {
        _issuance = issuance;
        Options = options;
        _time = time;
        _limit = new EstRateLimit(options.EnrollmentsPerHour, time);
        _enrollments = new EstEnrollments(options, time);
    }

    public EstOptions Options { get; }

    /// <summary>What the authorities want to see in requests (RFC 7030, 4.5), DER.</summary>
    public static byte[] GetCsrAttributes() => CsrAttributes.Write(CsrAttributes.Default);

    /// <summary>The authorities that the client's account believes (RFC 7030, 4.1).</summary>
    public IReadOnlyList<X509Certificate2> GetAuthorities(EstClient client) => _issuance.GetAuthorities(client.AccountId);

    /// <summary>Has a certificate made for a client.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="resource">One of those that enrol.</param>
    /// <param name="body">The certification request, DER.</param>
    /// <exception cref="CoapException">The request is refused; code and message are for the client.</exception>
    public async Task<EstOutcome> EnrollAsync(EstClient client, EstResource resource, ReadOnlyMemory<byte> body)
    {
        if (resource.IsServerKey && !Options.ServerKeyGeneration)
            throw new CoapException(CoapCode.NotFound, "keys are made on the device here: enrol with sen");
        var key = EstEnrollments.Key.Of(client, resource, body.Span);
        var enrolling = _enrollments.Find(key);
        if (enrolling is null)
        {
            if (!_limit.TryTake(client.DeviceId, out var retryAfter))
                return new EstOutcome.TooMany(retryAfter);
            // No array: as a ReadOnlyMemory of its own, null would be an empty key.
            ReadOnlyMemory<byte>? privateKey = null;
            var request = resource.IsServerKey ? MakeKey(out privateKey) : EstRequests.Read(client, resource.Operation, body.Span);
            var order = new CertificateOrder(client.AccountId, client.DeviceId, client.EndpointName, resource.CertificateName, request);
            enrolling = _enrollments.Begin(key, async () => new EstOutcome.Enrolled(await _issuance.IssueAsync(order, _stopping.Token), privateKey));
        }

        if (enrolling is null)
            return new EstOutcome.Pending(Options.RetryAfter);
        try
        {
            return await enrolling.WaitAsync(Options.Patience, _time, _stopping.Token);
        }
        catch (TimeoutException) when (!enrolling.IsCompleted)
        {
            return new EstOutcome.Pending(Options.RetryAfter);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return new EstOutcome.Pending(Options.RetryAfter);
        }

        CertificationRequest MakeKey(out ReadOnlyMemory<byte>? privateKey)
        {
            var (request, made) = EstRequests.MakeKey(client, body.Span);
            privateKey = made;
            return request;
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }
}
