namespace Surety.Coap;

/// <summary>The state of one block-wise transfer in a <see cref="TransferStore{T}"/>.</summary>
internal abstract class Transfer
{
    /// <summary>What the store counts, bytes.</summary>
    public abstract long Bytes { get; }

    public TransferKey Key { get; set; }

    public long LastUsed { get; set; }

    /// <summary>What <see cref="Bytes"/> was when the store last counted.</summary>
    public long CountedBytes { get; set; }

    /// <summary>The transfer ended without its last block.</summary>
    public virtual void Abort()
    {
    }
}
