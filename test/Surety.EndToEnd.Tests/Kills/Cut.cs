namespace Surety.EndToEnd.Tests.Kills;

/// <summary>Where a device's way to the server is cut.</summary>
/// <param name="To">Who does not get the datagram any more: the server has not handled it, or has handled what it answers.</param>
/// <param name="Number">Which datagram in that direction, from 1.</param>
internal readonly record struct Cut(End To, int Number)
{
    public override string ToString() => $"{(To == End.Server ? "before" : "after")}-{Number}";
}
