namespace Surety.Client;

/// <summary>What became of a change of many members of a group.</summary>
public sealed record DeviceGroupChange
{
    /// <summary>Nothing was changed.</summary>
    public bool Preview { get; init; }

    /// <summary>Devices that were selected.</summary>
    public int Matched { get; init; }

    /// <summary>Those of them that came into the group or left it, or would.</summary>
    public int Changed { get; init; }
}
