namespace Surety.Server.Features.Directory;

/// <summary>What became of a change of many members of a group.</summary>
internal sealed record DeviceGroupChange
{
    /// <summary>Always <c>device-group-change</c>.</summary>
    public string Object { get; init; } = "device-group-change";

    /// <summary>True when nothing was changed.</summary>
    public required bool Preview { get; init; }

    /// <summary>Devices that the filter selects.</summary>
    public required int Matched { get; init; }

    /// <summary>Those of them that came into the group or left it, or would; the others were in it, or were not, already.</summary>
    public required int Changed { get; init; }
}
