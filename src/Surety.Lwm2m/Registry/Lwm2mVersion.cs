namespace Surety.Lwm2m;

/// <summary>Versions of the LwM2M enabler.</summary>
public enum Lwm2mVersion : byte
{
    /// <summary>LwM2M 1.0.</summary>
    V10 = 10,

    /// <summary>LwM2M 1.1.</summary>
    V11 = 11,

    /// <summary>LwM2M 1.2.</summary>
    V12 = 12,
}
