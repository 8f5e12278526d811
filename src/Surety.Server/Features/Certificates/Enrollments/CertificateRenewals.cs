using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Surety.Lwm2m.Server;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Connect;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// Has devices renew their certificates. A renewal succeeds when a certificate was issued to the device under that name and, for <c>LWM2M</c>, when
/// the device was first let in with it.
/// </summary>
internal sealed partial class CertificateRenewals : BackgroundService
{
    private const string Kind = "certificate enrollment";
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);
    private static readonly TimeSpan PatienceWithSleepers = TimeSpan.FromDays(3);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private const int ResumedRetries = 3;

    private readonly ConcurrentDictionary<(EntityId Device, string Name), OpenRenewal> _open = [];
    private readonly SuretyDbFactory _databases;
    private readonly CertificateIssuerConfigs _configs;
    private readonly DeviceGateway _gateway;
    private readonly DeviceRequests _requests;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly EntityIdGenerator _ids;
    private readonly TimeProvider _time;
    private readonly ILogger<CertificateRenewals> _log;

    public CertificateRenewals(
        SuretyDbFactory databases,
        CertificateIssuerConfigs configs,
        IssuedCertificates issued,
        DeviceGateway gateway,
        DeviceRequests requests,
        IHostApplicationLifetime lifetime,
        EntityIdGenerator ids,
        TimeProvider time,
        ILogger<CertificateRenewals> log)
    {
        _databases = databases;
        _configs = configs;
        _gateway = gateway;
        _requests = requests;
        _lifetime = lifetime;
        _ids = ids;
        _time = time;
        _log = log;
        issued.Issued += (record, _) => OnIssued(record);
        issued.Heard += record =>
        {
            if (record.ConfirmedAt is not null)
                OnConfirmed(record);
            else if (record.Status == IssuedCertificateStatus.Active)
                OnIssued(record);
        };
        issued.Confirmed += OnConfirmed;
    }

    public async Task<ListResponse<CertificateEnrollmentData>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(caller.AccountId);
        var rows = CertificateEnrollmentFilters.All.Apply(db.Set<CertificateEnrollment>(), list.Conditions);
        return await rows.ToPageAsync(list, CertificateEnrollmentData.Of, alwaysCount: false, cancellationToken);
    }

    public async Task<CertificateEnrollmentData> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = _databases.Open(caller.AccountId);
        return CertificateEnrollmentData.Of(await db.Set<CertificateEnrollment>().AsNoTracking().RequireAsync(id, Kind, cancellationToken));
    }

    /// <summary>Orders a device to renew a certificate.</summary>
    /// <exception cref="ApiException">400: nobody issues such certificates; 404; 409: it is under way; 423: the device is not there, or cannot.</exception>
    public async Task<CertificateEnrollmentData> RenewAsync(Caller caller, string device, string certificateName, CancellationToken cancellationToken)
    {
        EntityId id;
        await using (var db = _databases.Open(caller.AccountId))
            id = await db.Devices.RequireIdAsync(device, "device", cancellationToken);

        return CertificateEnrollmentData.Of(await RenewAsync(caller.AccountId, id, certificateName, cancellationToken));
    }

    /// <inheritdoc cref="RenewAsync(Caller, string, string, CancellationToken)"/>
    public async Task<CertificateEnrollment> RenewAsync(EntityId account, EntityId device, string certificateName, CancellationToken cancellationToken)
    {
        await RequireIssuerAsync(account, certificateName, cancellationToken);
        var name = CertificateIssuerConfigs.Normalize(certificateName);
        if (!_gateway.Server.Registrations.TryGet(device.ToDeviceId(), out var registration) || registration.Tenant != account.ToTenantId())
            throw Locked($"Device {device} is not connected: it must be registered to be told to renew.");
        if (RenewalOrder.For(registration, name) is not { } order)
            throw Locked($"Device {device} cannot be told to renew '{name}': it has no object 35011, and {(name == CertificateOrder.Lwm2m ? "no LwM2M 1.1, whose 1/x/9 would do" : "other certificates than LWM2M need that")}.");

        var now = _time.GetInstant();
        var row = new CertificateEnrollment
        {
            Id = _ids.Next(),
            AccountId = account,
            DeviceId = device,
            CertificateName = name,
            ExpiresAt = now + (registration.QueueMode ? PatienceWithSleepers : Patience),
            CreatedAt = now,
            UpdatedAt = now,
        };
        await using (var db = _databases.Open(account))
        {
            db.Add(row);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException error) when (UniqueViolation.Is(error))
            {
                throw ApiException.Duplicate($"A renewal of '{name}' of device {device} is in progress.");
            }
        }

        var open = _open[(device, name)] = new OpenRenewal(row.Id, account, device, name, row.ExpiresAt);
        if (open.TryTell(registration))
            Order(open, order);
        return row;
    }

    /// <summary>Checks that somebody issues certificates of this name.</summary>
    /// <exception cref="ApiException">400: nobody does.</exception>
    public async Task RequireIssuerAsync(EntityId account, string certificateName, CancellationToken cancellationToken)
    {
        if (!NamePattern().IsMatch(certificateName))
            throw ApiException.Invalid("certificate-name", "must have 1 to 50 letters, digits, '_', '-' and '.'");
        if (certificateName.Equals(CertificateIssuerConfigs.Bootstrap, StringComparison.OrdinalIgnoreCase))
            throw ApiException.Invalid("certificate-name", "is BOOTSTRAP, the certificate from the factory, which is not renewed");
        if (!(await _configs.ResolveAsync(account, certificateName, cancellationToken)).IsConfigured)
            throw ApiException.Invalid("certificate-name", "has no certificate issuer configured (certificate-issuer-configurations)");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Devices are served from then on.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = _lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var whenStopping = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        using var timer = new PeriodicTimer(SweepInterval, _time);
        try
        {
            await started.Task;
            var isLoaded = false;
            do
            {
                isLoaded = isLoaded || await TryLoadAsync(stoppingToken);
                await SweepAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // What is open goes on after the next start.
        }
    }

    private static ApiException Locked(string message) => new(StatusCodes.Status423Locked, ErrorTypes.PreconditionFailed, message);

    private async Task<bool> TryLoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = _databases.OpenForPlatform();
            var waiting = db.AllAccounts<CertificateEnrollment>().AsNoTracking().Where(row => row.Status == CertificateEnrollmentStatus.New);
            var rows = await waiting.ToListAsync(cancellationToken);
            // The process may have ended between a certificate, or its first use, and the note of it in the renewal.
            var issued = (await db.AllAccounts<IssuedCertificateRecord>().AsNoTracking()
                    .Where(record => record.Status == IssuedCertificateStatus.Active && waiting.Any(row => row.AccountId == record.AccountId && row.DeviceId == record.DeviceId
                        && row.CertificateName == record.CertificateName && row.CreatedAt <= record.CreatedAt))
                    .OrderByDescending(record => record.Id)
                    .Select(record => new { record.DeviceId, record.CertificateName, record.Fingerprint, record.ConfirmedAt })
                    .ToListAsync(cancellationToken))
                .ToLookup(record => (record.DeviceId, record.CertificateName));
            foreach (var row in rows)
            {
                var open = _open.GetOrAdd((row.DeviceId, row.CertificateName), _ => new OpenRenewal(row.Id, row.AccountId, row.DeviceId, row.CertificateName, row.ExpiresAt) { IsResumed = true });
                if (issued[(row.DeviceId, row.CertificateName)].FirstOrDefault() is not { } got)
                    continue;
                open.OnIssued(got.Fingerprint);
                if (got.ConfirmedAt is not null)
                    await CompleteAsync(open, null);
            }

            return true;
        }
        catch (DbException error)
        {
            LogNotWritten(error);
            return false;
        }
    }

    /// <summary>Gives up what has waited too long, and orders again what a restart has interrupted. The service calls it every <see cref="SweepInterval"/>.</summary>
    public async Task SweepAsync()
    {
        var now = _time.GetUtcNow();
        foreach (var open in _open.Values)
        {
            if (open.ExpiresAt <= now)
                await CompleteAsync(open, open.OnExpired());
            else
                OrderIfDue(open);
            open.OnRound();
        }
    }

    private void OrderIfDue(OpenRenewal open)
    {
        if (_gateway.Server.Registrations.TryGet(open.Device.ToDeviceId(), out var registration) && RenewalOrder.For(registration, open.CertificateName) is { } order && open.TryTell(registration))
            Order(open, order);
    }

    private void Order(OpenRenewal open, DeviceRequest order)
    {
        var request = new QueuedRequest(open.Device.ToDeviceId(), order, (_, outcome) => OnOutcome(open, order, outcome))
        {
            ExpiresAt = open.ExpiresAt,
            // The device's connection went with the process before; the order waits until the device speaks.
            Retries = open.IsResumed ? ResumedRetries : 0,
        };
        if (!_requests.TryEnqueue(request))
            _ = CompleteAsync(open, "too many requests wait for the device");
    }

    private void OnOutcome(OpenRenewal open, DeviceRequest order, QueueOutcome outcome)
    {
        switch (outcome.Failure)
        {
            case QueueFailure.Timeout:
                // Whether it renews shows itself: keys take some devices minutes. One whose power was cut may be back already, and is told again.
                open.OnUnanswered();
                OrderIfDue(open);
                return;
            case QueueFailure.NotConnected:
                // It is told at a later round, if it is back by then.
                open.OnNotTold();
                return;
        }

        // It is at what it was told before. If nothing comes of that, it is told at a later round.
        if (open.IsToldAgain && outcome.Response is { } busy && RenewalOrder.IsBusy(order, busy))
        {
            open.OnNotTold();
            return;
        }

        var problem = outcome.Response is { } response ? RenewalOrder.Explain(order, response) : Describe(outcome.Failure);
        if (problem is not null || (outcome.Response is not null && open.OnAnswered()))
            _ = CompleteAsync(open, problem);
    }

    private static string Describe(QueueFailure failure) => failure switch
    {
        QueueFailure.Expired => "the device did not listen in time",
        QueueFailure.Deregistered => "the device ended its registration before it could be told",
        QueueFailure.Blocked => "the device was suspended or deleted",
        QueueFailure.TooLarge => "the order does not fit into a message to the device",
        _ => "the device rejected the order, or its answer breaks the protocol",
    };

    private void OnIssued(IssuedCertificateRecord record)
    {
        if (!_open.TryGetValue((record.DeviceId, record.CertificateName), out var open))
            return;
        if (open.OnIssued(record.Fingerprint))
            _ = CompleteAsync(open, null);
        else
            _ = NoteAsync(open, record.Fingerprint);
    }

    private void OnConfirmed(IssuedCertificateRecord record)
    {
        if (_open.TryGetValue((record.DeviceId, record.CertificateName), out var open) && open.Fingerprint == record.Fingerprint)
            _ = CompleteAsync(open, null);
    }

    private async Task NoteAsync(OpenRenewal open, string fingerprint)
    {
        try
        {
            await using var db = _databases.Open(open.Account);
            await db.Set<CertificateEnrollment>().Where(row => row.Id == open.Id && row.Status == CertificateEnrollmentStatus.New)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Fingerprint, fingerprint));
        }
        catch (DbException error)
        {
            LogNotWritten(error);
        }
    }

    private async Task CompleteAsync(OpenRenewal open, string? problem)
    {
        try
        {
            await using (var db = _databases.Open(open.Account))
            {
                var row = await db.Set<CertificateEnrollment>().SingleOrDefaultAsync(row => row.Id == open.Id && row.Status == CertificateEnrollmentStatus.New);
                if (row is not null)
                {
                    row.Status = CertificateEnrollmentStatus.Completed;
                    row.Result = problem is null ? CertificateEnrollmentResult.Success : CertificateEnrollmentResult.Failure;
                    row.ResultDetail = problem;
                    row.Fingerprint = open.Fingerprint;
                    row.Version++;
                    row.UpdatedAt = _time.GetInstant();
                    await db.SaveChangesAsync();
                }
            }

            _open.TryRemove(new KeyValuePair<(EntityId, string), OpenRenewal>((open.Device, open.CertificateName), open));
        }
        catch (Exception error) when (error is DbException or DbUpdateException)
        {
            // It stays open, and is completed when its time is over.
            LogNotWritten(error);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]{1,50}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [LoggerMessage(1757, LogLevel.Warning, "The state of certificate renewals could not be read or written")]
    private partial void LogNotWritten(Exception error);
}
