namespace Surety.Client;

/// <summary>A device of the directory. (<c>/v3/devices</c>)</summary>
public sealed record Device
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The endpoint name that it registers with.</summary>
    public string? EndpointName { get; init; }

    /// <summary>The endpoint type.</summary>
    public string? EndpointType { get; init; }

    /// <summary>The name for people.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>Such as <c>registered</c> or <c>deregistered</c>.</summary>
    public string? State { get; init; }

    /// <summary><c>enabled</c> or <c>blocked</c>.</summary>
    public string? LifecycleStatus { get; init; }

    /// <summary>The class of hardware.</summary>
    public string? DeviceClass { get; init; }

    /// <summary>The vendor.</summary>
    public string? VendorId { get; init; }

    /// <summary>The serial number.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The SHA-256 fingerprint of the device's certificate.</summary>
    public string? DeviceKey { get; init; }

    /// <summary>The trusted certificate that vouches for it.</summary>
    public string? CaId { get; init; }

    /// <summary>The gateway that it is behind.</summary>
    public string? HostGateway { get; init; }

    /// <summary><c>connector</c> or <c>direct</c>.</summary>
    public string? Mechanism { get; init; }

    /// <summary>Whether it takes updates by itself.</summary>
    public bool? AutoUpdate { get; init; }

    /// <summary>When it was bootstrapped last.</summary>
    public DateTimeOffset? BootstrappedTimestamp { get; init; }

    /// <summary>Whether somebody has suspended it.</summary>
    public bool? OperatorSuspended { get; init; }

    /// <summary>Whether the platform has suspended it.</summary>
    public bool? SystemSuspended { get; init; }

    /// <summary>The account's own attributes.</summary>
    public IReadOnlyDictionary<string, string>? CustomAttributes { get; init; }

    /// <summary>The versions of its components.</summary>
    public IReadOnlyDictionary<string, string>? ComponentAttributes { get; init; }

    /// <summary>The ids of the device groups.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
