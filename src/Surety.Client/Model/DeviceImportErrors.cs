namespace Surety.Client;

/// <summary>A row of an import with errors.</summary>
/// <param name="Row">Counts from one; the line of names of a CSV file is the first.</param>
/// <param name="EndpointName">As the row gives it.</param>
/// <param name="Fields">What is wrong.</param>
public sealed record DeviceImportErrors(int Row, string? EndpointName, IReadOnlyList<ErrorField>? Fields);
