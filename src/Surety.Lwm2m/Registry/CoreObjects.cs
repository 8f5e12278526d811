namespace Surety.Lwm2m;

/// <summary>The Objects that the LwM2M enabler itself defines, and the versions that go with each of its releases.</summary>
public static class CoreObjects
{
    /// <summary>LwM2M Security.</summary>
    public const ushort Security = 0;

    /// <summary>LwM2M Server.</summary>
    public const ushort Server = 1;

    /// <summary>LwM2M Access Control.</summary>
    public const ushort AccessControl = 2;

    /// <summary>Device.</summary>
    public const ushort Device = 3;

    /// <summary>Connectivity Monitoring.</summary>
    public const ushort ConnectivityMonitoring = 4;

    /// <summary>Firmware Update.</summary>
    public const ushort FirmwareUpdate = 5;

    /// <summary>Location.</summary>
    public const ushort Location = 6;

    /// <summary>Connectivity Statistics.</summary>
    public const ushort ConnectivityStatistics = 7;

    /// <summary>OSCORE.</summary>
    public const ushort Oscore = 21;

    /// <summary>COSE, since LwM2M 1.2.</summary>
    public const ushort Cose = 23;

    /// <summary>MQTT Server, since LwM2M 1.2.</summary>
    public const ushort MqttServer = 24;

    /// <summary>
    /// The version that an Object has when the registration names none: that of the enabler release for its own Objects (Core TS 1.2.2, 7.2.3 and
    /// Table E-1; TS 1.1.1, Table E-1), 1.0 for all others.
    /// </summary>
    public static ObjectVersion ImpliedVersion(Lwm2mVersion version, ushort objectId) => (version, objectId) switch
    {
        (Lwm2mVersion.V12, Security or Server or Device) => new ObjectVersion(1, 2),
        (Lwm2mVersion.V12, AccessControl or FirmwareUpdate) => new ObjectVersion(1, 1),
        (Lwm2mVersion.V12, ConnectivityMonitoring) => new ObjectVersion(1, 3),
        (Lwm2mVersion.V12, Oscore) => new ObjectVersion(2, 0),
        (Lwm2mVersion.V11, Security or Server or Device) => new ObjectVersion(1, 1),
        (Lwm2mVersion.V11, ConnectivityMonitoring) => new ObjectVersion(1, 2),
        _ => ObjectVersion.Default,
    };

    /// <summary>
    /// Whether an Object holds credentials: a registration does not list it, and a client answers every operation on it outside of bootstrap with
    /// 4.01 (Core TS 1.2.2, 6.2.1 and 6.3).
    /// </summary>
    public static bool IsSecret(ushort objectId) => objectId is Security or Oscore or Cose;
}
