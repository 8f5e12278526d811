namespace Surety.Coap;

/// <summary>Something that happens at a time, kept in a <see cref="TimerWheel"/> without allocation.</summary>
internal abstract class TimerNode
{
    internal TimerNode? NextNode;
    internal TimerNode? PreviousNode;
    internal int Bucket = -1;

    /// <summary>Milliseconds of the engine's clock.</summary>
    public long Deadline { get; internal set; }

    public bool IsScheduled => Bucket >= 0;

    /// <summary>The time has come; the node is out of the wheel and may be put back.</summary>
    public abstract void OnTimeout(long now);
}
