namespace Surety.Lwm2m.Server;

/// <summary>
/// What an instance of the LwM2M Server object (1) says: how a device behaves towards the server whose <see cref="SecurityAccount"/> has the same short
/// server id (Core TS 1.2.2, E.2). Null: not written.
/// </summary>
/// <param name="ShortServerId">0: Short Server ID, 1 to 65534.</param>
/// <param name="Lifetime">1: Lifetime of the registration, seconds; 0 never ends.</param>
public sealed record ServerAccountSettings(ushort ShortServerId, uint Lifetime)
{
    /// <summary>2: Default Minimum Period, seconds.</summary>
    public uint? DefaultMinimumPeriod { get; init; }

    /// <summary>3: Default Maximum Period, seconds.</summary>
    public uint? DefaultMaximumPeriod { get; init; }

    /// <summary>5: Disable Timeout, seconds.</summary>
    public uint? DisableTimeout { get; init; }

    /// <summary>6: Notification Storing When Disabled or Offline. Default true.</summary>
    public bool StoresNotifications { get; init; } = true;

    /// <summary>7: Binding: U, T, S, N, H, M; in LwM2M 1.0 with Q for queue mode. Default U.</summary>
    public string Binding { get; init; } = "U";

    /// <summary>13: Registration Priority Order (since LwM2M 1.1).</summary>
    public uint? RegistrationPriorityOrder { get; init; }

    /// <summary>14: Initial Registration Delay Timer, seconds (since LwM2M 1.1).</summary>
    public uint? InitialRegistrationDelay { get; init; }

    /// <summary>15: Registration Failure Block (since LwM2M 1.1).</summary>
    public bool? RegistrationFailureBlock { get; init; }

    /// <summary>16: Bootstrap on Registration Failure (since LwM2M 1.1).</summary>
    public bool? BootstrapOnRegistrationFailure { get; init; }

    /// <summary>17: Communication Retry Count (since LwM2M 1.1).</summary>
    public uint? CommunicationRetryCount { get; init; }

    /// <summary>18: Communication Retry Timer, seconds (since LwM2M 1.1).</summary>
    public uint? CommunicationRetryTimer { get; init; }

    /// <summary>19: Communication Sequence Delay Timer, seconds (since LwM2M 1.1).</summary>
    public uint? CommunicationSequenceDelay { get; init; }

    /// <summary>20: Communication Sequence Retry Count (since LwM2M 1.1).</summary>
    public uint? CommunicationSequenceRetryCount { get; init; }

    /// <summary>22: Preferred Transport (since LwM2M 1.1).</summary>
    public string? PreferredTransport { get; init; }

    /// <summary>23: Mute Send (since LwM2M 1.1).</summary>
    public bool? MuteSend { get; init; }

    /// <summary>26: Default Notification Mode, true: Confirmable (since LwM2M 1.2).</summary>
    public bool? ConfirmsNotifications { get; init; }

    /// <summary>Whatever else the instance is to say, by resource id.</summary>
    public IReadOnlyDictionary<ushort, ResourceValue> Others { get; init; } = new Dictionary<ushort, ResourceValue>();

    /// <summary>Checks that a device can use it.</summary>
    /// <exception cref="ArgumentException">Something is out of range; the message says what.</exception>
    public void Validate()
    {
        if (ShortServerId is 0 or ushort.MaxValue)
            throw new ArgumentException("A short server id is 1 to 65534.");
        // Core TS 1.2.2, 7.3.2: a maximum below the minimum is ignored.
        if (DefaultMaximumPeriod is { } maximum and > 0 && maximum < DefaultMinimumPeriod)
            throw new ArgumentException("The default maximum period is below the minimum.");
        if (Binding.Length == 0 || !Binding.All("UTSNHMQ".Contains))
            throw new ArgumentException($"'{Binding}' is no binding: U, T, S, N, H and M are, and Q for queue mode.");
    }

    /// <summary>The instance as values.</summary>
    /// <param name="instance">Its id.</param>
    /// <param name="version">What the device speaks: what its version does not have is left out.</param>
    public IReadOnlyList<ResourceEntry> ToEntries(ushort instance, Lwm2mVersion version)
    {
        var entries = new EntryList(CoreObjects.Server, instance);
        entries.Add(0, (long)ShortServerId);
        entries.Add(1, (long)Lifetime);
        entries.Add(2, DefaultMinimumPeriod);
        entries.Add(3, DefaultMaximumPeriod);
        entries.Add(5, DisableTimeout);
        entries.Add(6, StoresNotifications);
        entries.Add(7, Binding);
        if (version >= Lwm2mVersion.V11)
        {
            entries.AddUnsigned(13, RegistrationPriorityOrder);
            entries.AddUnsigned(14, InitialRegistrationDelay);
            entries.Add(15, RegistrationFailureBlock);
            entries.Add(16, BootstrapOnRegistrationFailure);
            entries.AddUnsigned(17, CommunicationRetryCount);
            entries.AddUnsigned(18, CommunicationRetryTimer);
            entries.AddUnsigned(19, CommunicationSequenceDelay);
            entries.AddUnsigned(20, CommunicationSequenceRetryCount);
            entries.Add(22, PreferredTransport);
            entries.Add(23, MuteSend);
        }

        if (version >= Lwm2mVersion.V12 && ConfirmsNotifications is { } confirms)
            entries.Add(26, confirms ? 1L : 0L);
        entries.AddOthers(Others);
        return entries.Values;
    }
}
