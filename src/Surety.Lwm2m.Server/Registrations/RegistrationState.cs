namespace Surety.Lwm2m.Server;

/// <summary>What an Update may change of a registration, but for where the device is.</summary>
internal readonly record struct RegistrationState(
    BindingModes Bindings, bool QueueMode, uint Lifetime, SharedLinks Links, string? SmsNumber, long ExpiresAt, long LastSeen);
