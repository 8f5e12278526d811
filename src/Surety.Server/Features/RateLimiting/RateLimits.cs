using System.Net;
using System.Net.Sockets;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.RateLimiting;

/// <summary>How often the API may be called: by a key or user, and without either by an address; and how often an address may come with a key that is none.</summary>
internal sealed class RateLimits(SuretySettings settings, TimeProvider time)
{
    private const int AnonymousBurst = 10;
    private const int NetworkBytes = 8;

    private readonly RateLimiter<EntityId> _callers = new(settings.Rest.RequestsPerSecond, settings.Rest.RequestBurst, time);
    private readonly RateLimiter<IPAddress> _addresses =
        new(settings.Rest.AnonymousRequestsPerSecond, settings.Rest.AnonymousRequestsPerSecond * AnonymousBurst, time);

    private readonly RateLimiter<IPAddress> _failures =
        new(settings.Rest.AnonymousRequestsPerSecond, settings.Rest.AnonymousRequestsPerSecond * AnonymousBurst, time);

    /// <summary>Counts an attempt with a key, before it is looked up: each costs a query.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <param name="wait">When it is one too many: after what time the next is not.</param>
    public bool TryAttempt(IPAddress address, out TimeSpan wait) => _failures.TryTake(NetworkOf(address), out wait);

    /// <summary>The key of an attempt is valid: it does not count.</summary>
    public void Succeeded(IPAddress address) => _failures.Return(NetworkOf(address));

    /// <summary>Counts a request.</summary>
    /// <param name="caller">Who makes it; null for somebody without a valid key.</param>
    /// <param name="address">Where it comes from.</param>
    /// <param name="wait">When it is one too many: after what time the next is not.</param>
    public bool TryTake(Caller? caller, IPAddress address, out TimeSpan wait) =>
        caller is null ? _addresses.TryTake(NetworkOf(address), out wait) : _callers.TryTake(caller.ApplicationId, out wait);

    // Who has one IPv6 address has 2^64 of them.
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
