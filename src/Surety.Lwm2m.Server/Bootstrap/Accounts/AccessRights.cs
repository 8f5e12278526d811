namespace Surety.Lwm2m.Server;

/// <summary>What a server may do (Core TS 1.2.2, table E.3-2).</summary>
[Flags]
public enum AccessRights : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read, Observe, Write-Attributes.</summary>
    Read = 1,

    /// <summary>Write.</summary>
    Write = 2,

    /// <summary>Execute.</summary>
    Execute = 4,

    /// <summary>Delete.</summary>
    Delete = 8,

    /// <summary>Create.</summary>
    Create = 16,
}
