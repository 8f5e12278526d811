using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Server.Api;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Certificates;
using Surety.Server.Storage;

namespace Surety.Server.Features.Connect;

/// <summary>
/// Lets people watch the messages of a device while they come and go, and tells how it is connected. While nobody watches, the endpoints know nothing
/// of it.
/// </summary>
internal sealed class DeviceTraces(
    SuretyDbFactory databases, DeviceGateway gateway, DeviceEndpoints endpoints, BootstrapGateway bootstrap, DeviceTrust trust, ObjectDefinitions definitions, TimeProvider time) : ICoapTrace
{
    // Each costs time on the endpoints' threads.
    private const int MaxReaders = 16;

    private readonly Lock _gate = new();
    private ImmutableArray<DeviceTrace> _traces = [];

    /// <summary>How a device is connected.</summary>
    /// <exception cref="ApiException">404: the account has no such device.</exception>
    public async Task<DeviceConnection> GetConnectionAsync(EntityId account, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var device = await db.Set<Directory.Device>().AsNoTracking().RequireIdAsync(id, "device", cancellationToken);
        if (!gateway.Server.Registrations.TryGet(device.ToDeviceId(), out var registration))
        {
            var wake = await db.Set<DeviceWake>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == device, cancellationToken);
            return new DeviceConnection { Id = id, Registered = false, LastSeen = wake?.LastAt };
        }

        var peer = registration.Peer;
        // After a restart the endpoint is found when the device is heard from.
        var endpoint = peer.Endpoint as CoapEndpoint;
        var security = endpoint?.GetSecurity(peer.Key);
        return new DeviceConnection
        {
            Id = id,
            Registered = true,
            Reachable = endpoint?.IsReachable(peer.Key) == true,
            QueueMode = registration.QueueMode,
            Scheme = endpoint?.Scheme,
            Address = endpoint?.GetRemoteEndPoint(peer.Key)?.ToString(),
            SecurityProtocol = security?.Protocol,
            CipherSuite = security?.CipherSuite,
            ConnectionId = security?.HasConnectionId,
            Lwm2mVersion = string.Create(CultureInfo.InvariantCulture, $"{(int)registration.Version / 10}.{(int)registration.Version % 10}"),
            Binding = LettersOf(registration.Bindings),
            Lifetime = registration.Lifetime,
            RegisteredAt = registration.RegisteredAt,
            LastSeen = registration.LastSeen,
            ExpiresAt = registration.ExpiresAt == DateTimeOffset.MaxValue ? null : registration.ExpiresAt,
        };
    }

    /// <summary>Begins to watch a device.</summary>
    /// <exception cref="ApiException">404: the account has no such device. 429: too many watch already.</exception>
    public async Task<DeviceTrace> BeginAsync(EntityId account, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var device = await db.Set<Directory.Device>().AsNoTracking().RequireAsync(id, "device", cancellationToken);
        var trace = new DeviceTrace(account, device.Id, device.EndpointName ?? "", gateway.Server, trust, new TraceWriter(definitions, time));
        lock (_gate)
        {
            if (_traces.Length == MaxReaders)
            {
                throw new ApiException(
                    StatusCodes.Status429TooManyRequests, ErrorTypes.RateLimitExceeded, $"{MaxReaders} people watch devices at this server already. End a trace, or try again later.");
            }

            _traces = _traces.Add(trace);
            Attach();
        }

        return trace;
    }

    /// <summary>Watches no more.</summary>
    public void End(DeviceTrace trace)
    {
        lock (_gate)
        {
            _traces = _traces.Remove(trace);
            Attach();
        }
    }

    void ICoapTrace.OnMessage(in CoapPeer peer, bool isSent, in CoapMessage message)
    {
        var isBootstrap = bootstrap.Endpoints.Contains(peer.Endpoint);
        foreach (var trace in _traces)
            trace.OnMessage(peer, isSent, message, isBootstrap);
    }

    /// <summary>LwM2M Core 1.2.2, 6.2.1.2.</summary>
    private static string LettersOf(BindingModes modes) => string.Concat(
        new (BindingModes Mode, char Letter)[]
        {
            (BindingModes.Udp, 'U'), (BindingModes.Mqtt, 'M'), (BindingModes.Http, 'H'), (BindingModes.Tcp, 'T'), (BindingModes.Sms, 'S'), (BindingModes.NonIp, 'N'),
        }.Where(mode => modes.HasFlag(mode.Mode)).Select(mode => mode.Letter));

    private void Attach()
    {
        var watcher = _traces.IsEmpty ? null : this;
        foreach (var endpoint in endpoints.All.Concat(bootstrap.Endpoints))
            endpoint.Trace = watcher;
    }
}
