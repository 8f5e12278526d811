namespace Surety.Lwm2m.Server;

/// <summary>What an Update changed besides the time.</summary>
[Flags]
public enum RegistrationChanges
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The lifetime.</summary>
    Lifetime = 1,

    /// <summary>The bindings, or queue mode.</summary>
    Binding = 2,

    /// <summary>The objects and instances.</summary>
    Links = 4,

    /// <summary>The telephone number.</summary>
    SmsNumber = 8,

    /// <summary>Where the device is.</summary>
    Peer = 16,
}
