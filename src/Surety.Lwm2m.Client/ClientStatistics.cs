namespace Surety.Lwm2m.Client;

/// <summary>What a client has done so far, at all its servers. Counters only grow.</summary>
public sealed class ClientStatistics
{
    private long _registrations;
    private long _updates;
    private long _deregistrations;
    private long _registrationFailures;
    private long _connectionLosses;
    private long _requests;
    private long _notifications;
    private long _sends;

    /// <summary>Registers that were accepted.</summary>
    public long Registrations => Volatile.Read(ref _registrations);

    /// <summary>Updates that were accepted.</summary>
    public long Updates => Volatile.Read(ref _updates);

    /// <summary>De-registers, answered or not.</summary>
    public long Deregistrations => Volatile.Read(ref _deregistrations);

    /// <summary>Attempts to register that failed, for any reason.</summary>
    public long RegistrationFailures => Volatile.Read(ref _registrationFailures);

    /// <summary>Ways to servers that broke.</summary>
    public long ConnectionLosses => Volatile.Read(ref _connectionLosses);

    /// <summary>Requests of servers that were served, with success or not.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Notifications sent.</summary>
    public long Notifications => Volatile.Read(ref _notifications);

    /// <summary>Sends that were accepted.</summary>
    public long Sends => Volatile.Read(ref _sends);

    internal void CountRegistration() => Interlocked.Increment(ref _registrations);

    internal void CountUpdate() => Interlocked.Increment(ref _updates);

    internal void CountDeregistration() => Interlocked.Increment(ref _deregistrations);

    internal void CountRegistrationFailure() => Interlocked.Increment(ref _registrationFailures);

    internal void CountConnectionLoss() => Interlocked.Increment(ref _connectionLosses);

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountNotification() => Interlocked.Increment(ref _notifications);

    internal void CountSend() => Interlocked.Increment(ref _sends);
}
