namespace Surety.Server.Features.PolicyGroups.Policies;

/// <summary>A part of the Service APIs that policies allow and deny as a whole.</summary>
/// <param name="index">Its place among <see cref="PlatformFeatures.All"/>.</param>
/// <param name="name">What policies call it.</param>
/// <param name="developers">What members of the policy group <c>Developers</c> may do.</param>
/// <param name="isAdministration">
/// Who changes it decides about the rights of others, so only administrators do; a policy can allow others to read it, and nothing more.
/// </param>
internal sealed class Feature(int index, string name, FeatureActions developers, bool isAdministration)
{
    public int Index { get; } = index;

    public string Name { get; } = name;

    public FeatureActions Developers { get; } = developers;

    public bool IsAdministration { get; } = isAdministration;

    /// <summary>What a policy can open to others than administrators.</summary>
    public FeatureActions Grantable => IsAdministration ? FeatureActions.Get : FeatureActions.All;

    public override string ToString() => Name;
}
