using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Connect;
using Surety.Server.Features.Directory;
using Surety.Server.Features.PreSharedKeys;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Bootstrap;

/// <summary>The bootstrap server at its addresses, and what its events mean for the directory and the log.</summary>
internal sealed partial class BootstrapGateway : IBootstrapEvents, IHostedService, IDisposable
{
    private readonly SuretySettings _settings;
    private readonly PlatformAuthority _authority;
    private readonly DeviceTrust _trust;
    private readonly TrustEnforcer _enforcer;
    private readonly PreSharedKeyService _keys;
    private readonly BootstrapKeys _given;
    private readonly DirectoryIntake _intake;
    private readonly DeviceDirectory _directory;
    private readonly CoapListeners _listeners;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _log;

    public BootstrapGateway(
        SuretySettings settings,
        PlatformAuthority authority,
        DeviceTrust trust,
        TrustEnforcer enforcer,
        PreSharedKeyService keys,
        BootstrapKeys given,
        BootstrapPolicy policy,
        EstHandler est,
        DirectoryIntake intake,
        DeviceDirectory directory,
        ObjectDefinitions definitions,
        StartupReport report,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        _settings = settings;
        _authority = authority;
        _trust = trust;
        _enforcer = enforcer;
        _keys = keys;
        _given = given;
        _intake = intake;
        _directory = directory;
        _listeners = new CoapListeners("Bootstrap", "Bootstrap", report);
        _time = time;
        _loggers = loggers;
        _log = loggers.CreateLogger<BootstrapGateway>();
        Server = new BootstrapServer(
            new BootstrapServerOptions { Fallback = est, Models = definitions.Registry }, policy, this, time, loggers.CreateLogger<BootstrapServer>());
        directory.Withdrawn += OnWithdrawn;
    }

    public BootstrapServer Server { get; }

    /// <summary>What is open.</summary>
    public IReadOnlyList<CoapEndpoint> Endpoints => _listeners.All;

    /// <summary>Opens the addresses. The gateway of registered devices has started, and read the authority.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            _listeners.Open(
                _settings.Bootstrap.Coaps, "Coaps", address => DtlsCoapEndpoint.Open(
                    address, Server, null, Tls(), new DtlsCoapOptions { PreSharedKeys = _keys }, logger: Logger("bootstrap.dtls"), time: _time));
            _listeners.Open(_settings.Bootstrap.CoapsTcp, "CoapsTcp", address => TcpCoapEndpoint.Open(address, Server, PelionClients.TlsOptions, Tls(), Logger("bootstrap.tls"), _time));
        }
        catch
        {
            await _listeners.CloseAsync();
            throw;
        }

        foreach (var endpoint in Endpoints)
            _enforcer.Watch(endpoint, TrustedCertificateService.Bootstrap);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Server.Dispose();
        await _listeners.CloseAsync();
    }

    public void Dispose()
    {
        _directory.Withdrawn -= OnWithdrawn;
        Server.Dispose();
    }

    // The policy has its refusals on record already.
    void IBootstrapEvents.OnRefused(BootstrapRequest request, CoapCode code, string reason)
    {
    }

    void IBootstrapEvents.OnStarted(BootstrapSession session)
    {
        if (session.Plan.Tag is BootstrapGrant grant)
            LogStarted(grant.EndpointName, grant.DeviceId, grant.AccountId, grant.RuleName);
    }

    void IBootstrapEvents.OnStep(BootstrapSession session, BootstrapAnswer answer)
    {
        if (session.Plan.Tag is not BootstrapGrant grant)
            return;
        LogStep(grant.EndpointName, answer.Operation.ToString(), answer.Code);
        foreach (var remark in answer.Remarks)
            LogRemark(grant.EndpointName, remark);
    }

    void IBootstrapEvents.OnFinished(BootstrapSession session)
    {
        if (session.Plan.Tag is not BootstrapGrant grant)
            return;
        LogFinished(grant.EndpointName, grant.DeviceId, grant.AccountId);
        // Whom another bootstrap server serves has no credentials of ours.
        if (grant.Redirect is not null)
            return;
        _intake.Write(grant.DeviceId, DeviceState.Bootstrapped);
        _given.Finish(grant);
    }

    void IBootstrapEvents.OnFailed(BootstrapSession session)
    {
        if (session.Plan.Tag is not BootstrapGrant grant)
            return;
        _given.Withdraw(grant);
        LogFailed(grant.EndpointName, grant.DeviceId, grant.AccountId, session.Failure!);
    }

    // Whether the device can use the pack shows when it registers: its state is that of a registered device then.
    void IBootstrapEvents.OnPackSent(BootstrapRequest request, IReadOnlyList<ResourceEntry> entries) => LogPackSent(request.EndpointName ?? request.Peer.Identity.ToString()!);

    private TlsServerOptions Tls() => _trust.CreateTls(TrustedCertificateService.Bootstrap, _authority);

    private ILogger Logger(string transport) => _loggers.CreateLogger($"Surety.Coap.{transport}");

    private void OnWithdrawn(DeviceWithdrawal withdrawal)
    {
        foreach (var session in Server.Sessions)
        {
            if (session.Plan.Tag is BootstrapGrant grant && grant.DeviceId == withdrawal.DeviceId)
                session.Abort(withdrawal.Reason == DeviceWithdrawalReason.Deleted ? "the device was deleted" : "the device was suspended");
        }
    }

    [LoggerMessage(1602, LogLevel.Information, "Bootstrap of {EndpointName} ({DeviceId}, account {AccountId}) has begun, by rule {Rule}")]
    private partial void LogStarted(string endpointName, EntityId deviceId, EntityId accountId, string rule);

    [LoggerMessage(1603, LogLevel.Debug, "Bootstrap of {EndpointName}: {Operation}: {Code}")]
    private partial void LogStep(string endpointName, string operation, CoapCode code);

    [LoggerMessage(1604, LogLevel.Information, "Bootstrap of {EndpointName}: {Remark}")]
    private partial void LogRemark(string endpointName, string remark);

    [LoggerMessage(1605, LogLevel.Information, "{EndpointName} ({DeviceId}, account {AccountId}) is bootstrapped")]
    private partial void LogFinished(string endpointName, EntityId deviceId, EntityId accountId);

    [LoggerMessage(1606, LogLevel.Warning, "Bootstrap of {EndpointName} ({DeviceId}, account {AccountId}) failed: {Reason}")]
    private partial void LogFailed(string endpointName, EntityId deviceId, EntityId accountId, string reason);

    [LoggerMessage(1607, LogLevel.Information, "{EndpointName} was sent a bootstrap pack")]
    private partial void LogPackSent(string endpointName);
}
