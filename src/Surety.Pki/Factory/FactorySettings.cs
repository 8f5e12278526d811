namespace Surety.Pki;

/// <summary>What a factory box was set up with.</summary>
/// <param name="Factory">Its name; quotas name it.</param>
/// <param name="Key">The authority's key: a file in the box, or the URI of a token's key.</param>
/// <param name="Organization">O of the devices' subjects; null: none.</param>
/// <param name="OrganizationalUnit">OU of the devices' subjects; null: none.</param>
public sealed record FactorySettings(string Factory, string Key, string? Organization, string? OrganizationalUnit);
