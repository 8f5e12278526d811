using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>What <see cref="IDeviceAdmission.Admit"/> decided: a tenant and name, or a refusal.</summary>
public readonly record struct Admission
{
    private Admission(TenantId tenant, string? endpoint, CoapCode refusal, string? reason)
    {
        Tenant = tenant;
        Endpoint = endpoint ?? "";
        Refusal = refusal;
        Reason = reason;
    }

    /// <summary>Whose device it is.</summary>
    public TenantId Tenant { get; }

    /// <summary>Its endpoint name.</summary>
    public string Endpoint { get; }

    /// <summary>The response of a refusal: 4.00 for a name that does not fit the credentials, 4.03 for a device that may not register (Transport 6.7.2).</summary>
    public CoapCode Refusal { get; }

    /// <summary>Why, for the device's log.</summary>
    public string? Reason { get; }

    /// <summary>Whatever the admission keeps of its decision for <see cref="IDeviceAdmission.ResolveAsync"/>.</summary>
    public object? Tag { get; init; }

    /// <summary>Not refused.</summary>
    public bool IsAdmitted => Refusal.IsEmpty;

    /// <summary>The client is this tenant's device.</summary>
    public static Admission Accept(TenantId tenant, string endpoint) => new(tenant, endpoint, CoapCode.Empty, null);

    /// <summary>The client may not register.</summary>
    public static Admission Refuse(CoapCode code, string reason) => new(default, null, code, reason);
}
