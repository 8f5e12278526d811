namespace Surety.Lwm2m;

/// <summary>Transport bindings that a client registers (Core TS 1.2.2, 6.2.1.2).</summary>
[Flags]
public enum BindingModes : byte
{
    /// <summary>None named: UDP.</summary>
    None = 0,

    /// <summary><c>U</c>: CoAP over UDP.</summary>
    Udp = 1,

    /// <summary><c>M</c>: MQTT (since LwM2M 1.2).</summary>
    Mqtt = 2,

    /// <summary><c>H</c>: HTTP (since LwM2M 1.2).</summary>
    Http = 4,

    /// <summary><c>T</c>: CoAP over TCP (since LwM2M 1.1).</summary>
    Tcp = 8,

    /// <summary><c>S</c>: CoAP over SMS.</summary>
    Sms = 16,

    /// <summary><c>N</c>: CoAP over non-IP transports (since LwM2M 1.1).</summary>
    NonIp = 32,
}
