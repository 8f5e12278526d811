namespace Surety.Server.Features.Cluster;

/// <summary>Work that one node of a cluster does at a time: whoever holds its lease.</summary>
internal interface IClusterLeases
{
    /// <summary>
    /// Whether this node may do the work now. Once it may, it goes on to until it ends or loses Redis; then another takes over within seconds.
    /// </summary>
    /// <param name="work">The work's name.</param>
    ValueTask<bool> HoldAsync(string work);
}
