namespace Surety.Lwm2m;

/// <summary>What a server may do with a Resource.</summary>
[Flags]
public enum ResourceOperations : byte
{
    /// <summary>Nothing: only the client and the bootstrap server use it.</summary>
    None = 0,

    /// <summary>Read, Observe, Discover, Write-Attributes.</summary>
    Read = 1,

    /// <summary>Write.</summary>
    Write = 2,

    /// <summary>Execute.</summary>
    Execute = 4,
}
