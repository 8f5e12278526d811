namespace Surety.Pki;

/// <summary>What a manifest brings.</summary>
/// <param name="Requested">Devices that were asked for.</param>
/// <param name="Failed">Devices that were not made.</param>
/// <param name="New">Not known before.</param>
/// <param name="Repeated">There more than once in the manifest itself: two devices with one certificate.</param>
/// <param name="Known">Known already: imported twice, or made in two places.</param>
public sealed record FactoryImportReport(int Requested, int Failed, IReadOnlyList<FactoryDevice> New, IReadOnlyList<FactoryDevice> Repeated, IReadOnlyList<FactoryDevice> Known)
{
    /// <summary>Made of those requested, 0 to 1; 1 when nothing was requested.</summary>
    public double Yield => Requested == 0 ? 1 : (double)(Requested - Failed) / Requested;
}
