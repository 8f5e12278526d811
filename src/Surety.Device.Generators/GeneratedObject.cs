namespace Surety.Device.Generators;

/// <summary>What comes of one class.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Source">The other part of the class; null: there are findings.</param>
/// <param name="Findings">What is wrong.</param>
internal sealed record GeneratedObject(string Name, string? Source, IReadOnlyList<Finding> Findings)
{
    public bool Equals(GeneratedObject? other) => other is not null && Name == other.Name && Source == other.Source && Findings.SequenceEqual(other.Findings);

    public override int GetHashCode() => (Name, Source, Findings.Count).GetHashCode();
}
