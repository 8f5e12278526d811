using Surety.Server.Api;

namespace Surety.Server.Features.Directory;

/// <summary>A row of an import, not yet matched with a device.</summary>
/// <param name="Row">Counts from one; the line of names of a CSV file is the first.</param>
/// <param name="Item">What it says.</param>
internal sealed record DeviceImportRow(int Row, DeviceImportItem Item)
{
    /// <summary>Attributes to set, and with an empty value to remove, while the others stay; null from JSON, which replaces all.</summary>
    public IReadOnlyDictionary<string, string>? AttributeChanges { get; init; }

    /// <summary>Why the row cannot be read.</summary>
    public ErrorField? Error { get; init; }
}
