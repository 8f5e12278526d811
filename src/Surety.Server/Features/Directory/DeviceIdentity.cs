using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Surety.Server.Features.Directory;

/// <summary>A device as it presents itself: what finds its record, and what a new record begins with.</summary>
/// <param name="AccountId">The account its certificate or key belongs to.</param>
/// <param name="EndpointName">The LwM2M endpoint client name; 1 to <see cref="MaxNameLength"/> UTF-16 units.</param>
internal readonly record struct DeviceIdentity(EntityId AccountId, string EndpointName)
{
    /// <summary>The longest endpoint name that is stored. LwM2M sets no limit; certificates end at 64, URNs are a little longer.</summary>
    public const int MaxNameLength = 255;

    /// <summary>The LwM2M <c>et</c>, or null.</summary>
    public string? EndpointType { get; init; }

    public DeviceExecutionMode ExecutionMode { get; init; }

    /// <summary>The state of a new record.</summary>
    public DeviceState InitialState { get; init; }

    /// <summary>No record is made for it: when there is none, it has no id.</summary>
    public bool MustExist { get; init; }

    /// <summary>Fingerprint of the device certificate, or null.</summary>
    public string? DeviceKey { get; init; }

    /// <summary>Id of the trusted certificate that issued it, or null.</summary>
    public string? CaId { get; init; }

    /// <summary>SHA-256 of that certificate, 64 hexadecimal digits, or null.</summary>
    public string? IssuerFingerprint { get; init; }

    /// <summary>True for a name that both databases can hold: not empty, not endless, no NUL, no half of a surrogate pair.</summary>
    public static bool IsStorable([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= MaxNameLength }
        && !name.Contains('\0', StringComparison.Ordinal)
        && (Ascii.IsValid(name) || IsWellFormed(name));

    private static bool IsWellFormed(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i]))
                continue;
            if (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
