namespace Surety.Fuzz;

/// <summary>
/// Something that takes bytes from outside. A subclass in a file of its own, with a parameterless constructor, is found and run by
/// itself; its first inputs are the files of <c>corpus/&lt;Name&gt;/</c>.
/// </summary>
internal abstract class FuzzTarget
{
    /// <summary>Lower case with hyphens: the folder of its corpus, and how a run names it.</summary>
    public abstract string Name { get; }

    /// <summary>The longest input made, bytes.</summary>
    public virtual int MaxLength => 2048;

    /// <summary>The most that one input may make the target allocate, bytes.</summary>
    public virtual long MaxAllocation => 16 * 1024 * 1024;

    /// <summary>The most that all inputs together may leave in memory, bytes.</summary>
    public virtual long MaxRetained => 32 * 1024 * 1024;

    /// <summary>Byte sequences that mean something to the target, put into inputs now and then.</summary>
    public virtual IReadOnlyList<byte[]> Words => [];

    /// <summary>
    /// Feeds the target. Whatever is thrown is a finding, be it by the code under test or by an assertion about what it did.
    /// </summary>
    /// <param name="input">The bytes.</param>
    /// <param name="features">Takes note of what the input did; an input that does something new is built upon.</param>
    public abstract void Run(ReadOnlySpan<byte> input, FeatureSet features);
}
