using Surety.Server.Api;

namespace Surety.Server.Features.Directory;

/// <summary>What an import did, or with <c>preview</c> would do.</summary>
internal sealed record DeviceImportReport
{
    /// <summary>How many errors and how many changes are told one by one; the counts are of all.</summary>
    public const int MaxDetails = 1000;

    /// <summary>Always <c>device-import</c>.</summary>
    public string Object { get; init; } = "device-import";

    /// <summary>True when nothing was changed.</summary>
    public required bool Preview { get; init; }

    /// <summary>Rows of the file, without the line of names.</summary>
    public required int Rows { get; init; }

    /// <summary>Devices that were changed, or would be.</summary>
    public int Changed { get; set; }

    /// <summary>Devices that are as the file says already.</summary>
    public int Unchanged { get; set; }

    /// <summary>Rows with errors; they change nothing.</summary>
    public int Failed { get; set; }

    /// <summary>The first 1000 rows with errors.</summary>
    public List<RowErrors> Errors { get; init; } = [];

    /// <summary>The first 1000 changes.</summary>
    public List<RowChanges> Changes { get; init; } = [];

    /// <summary>A row with errors.</summary>
    /// <param name="Row">Counts from one; the line of names of a CSV file is the first.</param>
    /// <param name="Id">As the row gives it.</param>
    /// <param name="EndpointName">As the row gives it.</param>
    /// <param name="Fields">What is wrong.</param>
    internal sealed record RowErrors(int Row, string? Id, string? EndpointName, IReadOnlyList<ErrorField> Fields);

    /// <summary>A row that changes its device.</summary>
    /// <param name="Row">Counts from one; the line of names of a CSV file is the first.</param>
    /// <param name="DeviceId">The device.</param>
    /// <param name="EndpointName">Its endpoint name.</param>
    /// <param name="Fields">What it changes.</param>
    internal sealed record RowChanges(int Row, EntityId DeviceId, string EndpointName, IReadOnlyList<FieldChange> Fields);

    /// <summary>A value before and after; an attribute that is not there is empty.</summary>
    internal sealed record FieldChange(string Name, string Before, string After);
}
