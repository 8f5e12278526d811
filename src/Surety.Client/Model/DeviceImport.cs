namespace Surety.Client;

/// <summary>What an import of devices did, or would do.</summary>
public sealed record DeviceImport
{
    /// <summary>Nothing was changed.</summary>
    public bool Preview { get; init; }

    /// <summary>Rows of the file.</summary>
    public int Rows { get; init; }

    /// <summary>Devices that were changed, or would be.</summary>
    public int Changed { get; init; }

    /// <summary>Devices that are as the file says already.</summary>
    public int Unchanged { get; init; }

    /// <summary>Rows with errors, which change nothing.</summary>
    public int Failed { get; init; }

    /// <summary>The first 1000 rows with errors.</summary>
    public IReadOnlyList<DeviceImportErrors>? Errors { get; init; }
}
