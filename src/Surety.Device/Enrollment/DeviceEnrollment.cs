using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;
using Surety.Pki;

namespace Surety.Device;

/// <summary>
/// A device's certificates: enrols them with keys made here, tries a new one, keeps the old one until the new one has worked, goes back to it
/// when it does not, and renews in time.
/// </summary>
internal sealed partial class DeviceEnrollment : IEnrollment, IDisposable
{
    // Then the other identity has its turn: neither is dropped because the network was away.
    private const int AttemptsEach = 3;

    /// <summary>What a server's order is answered within.</summary>
    public static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly IdentityStore _store;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private TlsCertificate? _operational;
    private TlsCertificate? _candidate;
    private TlsCertificate? _shown;
    private Lwm2mClient? _client;
    private int _failures;
    private bool _avoidsCandidate;
    private int _isRenewing;

    public DeviceEnrollment(IdentityStore store, string endpointName, TimeProvider time, ILogger logger)
    {
        _store = store;
        _name = endpointName;
        _time = time;
        _logger = logger;
        _timer = time.CreateTimer(static state => ((DeviceEnrollment)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        LoadCertificates();
    }

    public TimeProvider Time => _time;

    /// <summary>The identity that was shown last, or would be; null: the factory's alone.</summary>
    public DeviceIdentity? Current => _store.Operational ?? _store.Candidate;

    /// <summary>Begins to watch a client's registrations.</summary>
    public void Attach(Lwm2mClient client)
    {
        _client = client;
        client.StateChanged += OnStateChanged;
    }

    public bool IsEnrolled(SecurityInstance account)
    {
        lock (_lock)
            return _operational is not null || _candidate is not null;
    }

    /// <summary>The certificate for a connection; null for the bootstrap server, which knows the factory's.</summary>
    public TlsCertificate? FindCertificate(SecurityInstance account)
    {
        if (account.Mode != SecurityMode.CertificateWithEst)
            return null;
        lock (_lock)
            return _shown = _candidate is not null && !(_avoidsCandidate && _operational is not null) ? _candidate : _operational;
    }

    public async Task EnrollAsync(EnrollmentOrder order, CancellationToken cancellationToken)
    {
        var est = new EstClient((request, cancel) => order.BootstrapServer.SendAsync(request, cancel), _time) { Waiting = delay => LogWaiting(delay) };
        await FetchAuthoritiesAsync(est, cancellationToken).ConfigureAwait(false);
        CertificateSubject subject = CertificateName.From(_name, order);
        await EnrollAsync(subject.ToDistinguishedName(), est.EnrollAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Renews the certificate over the connection that it has made; the device then registers with the new one.</summary>
    /// <exception cref="InvalidOperationException">A renewal is under way, or there is nothing to renew, or the EST server refused (<see cref="EstException"/>).</exception>
    /// <exception cref="CoapExchangeException">The server cannot be reached.</exception>
    /// <exception cref="IOException">The new identity cannot be stored.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRenewing, 1) == 1)
            throw new RenewalBusyException();
        try
        {
            ServerSession? session = _client?.Servers.FirstOrDefault(server => server.Account.Mode == SecurityMode.CertificateWithEst && server.State == RegistrationState.Registered);
            if (session is null || _store.Operational is not { } identity)
                throw new CoapExchangeException(ExchangeFailure.Unreachable, "The device is not registered with a certificate that it can renew.");
            var est = new EstClient(session.SendAsync, _time) { Waiting = delay => LogWaiting(delay) };
            // RFC 7030, 4.2.2: the subject of the certificate that is renewed.
            await EnrollAsync(identity.Certificate.SubjectName, est.ReenrollAsync, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isRenewing, 0);
        }
    }

    /// <summary>Shows the new certificate to the servers.</summary>
    public void UseCandidate() => _client?.RegisterAgain();

    public void Clear()
    {
        _store.Clear();
        LoadCertificates();
    }

    public void Dispose() => _timer.Dispose();

    private async Task EnrollAsync(X500DistinguishedName subject, Func<ReadOnlyMemory<byte>, CancellationToken, Task<X509Certificate2[]>> enroll, CancellationToken cancellationToken)
    {
        using ECDsa key = _store.OpenKey();
        X509Certificate2[] answer = await enroll(CertificateName.CreateRequest(subject, key), cancellationToken).ConfigureAwait(false);
        byte[] publicKey = key.ExportSubjectPublicKeyInfo();
        X509Certificate2 certificate = Array.Find(answer, element => element.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(publicKey))
            ?? throw new EstException("the EST server answered with certificates for other keys than the device's");
        // The root is the server's own business (RFC 7925, 4.4.6).
        _store.AddCandidate(key, certificate, answer.Where(element => element != certificate && element.Subject != element.Issuer));
        LogEnrolled(certificate.Subject, certificate.SerialNumber, certificate.NotAfter.ToUniversalTime());
        LoadCertificates();
    }

    private async Task FetchAuthoritiesAsync(EstClient est, CancellationToken cancellationToken)
    {
        try
        {
            _store.SetAuthorities(await est.GetCaCertificatesAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (EstException e)
        {
            // Some servers of certificates have none of their authority to give; what is trusted is said by the Security Object.
            LogNoAuthorities(e.Message);
        }
    }

    private void OnStateChanged(ServerSession session)
    {
        // Under the client's lock: what touches the disk goes elsewhere.
        if (session.Account.Mode != SecurityMode.CertificateWithEst)
            return;
        if (session.State == RegistrationState.Registered)
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.OnWorked(), this, preferLocal: false);
        else if (session.State is RegistrationState.Retrying or RegistrationState.Failed)
            OnFailed();
    }

    private void OnWorked()
    {
        try
        {
            bool isNew;
            lock (_lock)
            {
                _failures = 0;
                _avoidsCandidate = false;
                isNew = _candidate is not null && _shown == _candidate;
                if (isNew)
                    _store.Confirm();
                else if (_candidate is not null && _shown == _operational)
                    _store.Reject();
            }

            _store.SetLastKnownTime(_time.GetUtcNow());
            if (isNew)
                LogConfirmed(_store.Operational!.Certificate.SerialNumber);
            LoadCertificates();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogStoreFailed(e);
        }
    }

    private void OnFailed()
    {
        lock (_lock)
        {
            if (_candidate is null || _operational is null || ++_failures < AttemptsEach)
                return;
            _failures = 0;
            _avoidsCandidate = !_avoidsCandidate;
        }
    }

    private void LoadCertificates()
    {
        lock (_lock)
        {
            if (_operational?.Certificate != _store.Operational?.Certificate)
                _operational = _candidate is not null && _candidate.Certificate == _store.Operational?.Certificate ? _candidate : _store.Operational?.ToTls();
            if (_candidate?.Certificate != _store.Candidate?.Certificate)
                _candidate = _store.Candidate?.ToTls();
        }

        Schedule(null);
    }

    private void Schedule(TimeSpan? retry)
    {
        if (_store.Operational is not { } identity)
            return;
        TimeSpan delay = retry ?? RenewalTime.Of(identity.Certificate) - _time.GetUtcNow();
        _timer.Change(delay < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : delay > LongestTimer ? LongestTimer : delay, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        if (_store.Operational is not { } identity || _store.Candidate is not null)
            return;
        if (_time.GetUtcNow() < RenewalTime.Of(identity.Certificate))
            Schedule(null);
        else
            _ = RenewInTimeAsync(identity);
    }

    private async Task RenewInTimeAsync(DeviceIdentity identity)
    {
        try
        {
            await RenewAsync(_client!.Stopping).ConfigureAwait(false);
            UseCandidate();
        }
        catch (Exception e) when (e is InvalidOperationException or CoapExchangeException or IOException or UnauthorizedAccessException or OperationCanceledException or CryptographicException)
        {
            TimeSpan margin = (identity.Certificate.NotAfter.ToUniversalTime() - _time.GetUtcNow()) / 10;
            TimeSpan retry = margin < ShortestRetry ? ShortestRetry : margin;
            LogNotRenewed(e.Message, retry);
            Schedule(retry);
        }
    }

    [LoggerMessage(4016, LogLevel.Warning, "The certificate was not renewed as a server has ordered: {Reason}")]
    public partial void LogRenewalRefused(string reason);

    [LoggerMessage(4010, LogLevel.Information, "Enrolled: {Subject}, serial number {Serial}, until {NotAfter:u}; it is used for good when a server has accepted it")]
    private partial void LogEnrolled(string subject, string serial, DateTime notAfter);

    [LoggerMessage(4011, LogLevel.Information, "The certificate with serial number {Serial} has worked, and takes the place of the one before")]
    private partial void LogConfirmed(string serial);

    [LoggerMessage(4012, LogLevel.Information, "The EST server wants to be asked again in {Delay}")]
    private partial void LogWaiting(TimeSpan delay);

    [LoggerMessage(4013, LogLevel.Warning, "The EST server gives no certificates of its authority: {Reason}")]
    private partial void LogNoAuthorities(string reason);

    [LoggerMessage(4014, LogLevel.Warning, "The certificate was not renewed: {Reason}; next attempt in {Delay}")]
    private partial void LogNotRenewed(string reason, TimeSpan delay);

    [LoggerMessage(4015, LogLevel.Error, "The identity cannot be stored")]
    private partial void LogStoreFailed(Exception exception);
}
