namespace Surety.Device.Generators;

/// <summary>Definition of one version of an Object.</summary>
internal sealed class ObjectDefinition(int id, string version, string name, bool isMultiple)
{
    public int Id { get; } = id;

    public string Version { get; } = version;

    public string Name { get; } = name;

    public bool IsMultiple { get; } = isMultiple;

    public List<ResourceDefinition> Resources { get; } = [];

    /// <summary>By which versions are compared.</summary>
    public Version Order => new(Version);

    public ResourceDefinition? Find(int resourceId) => Resources.Find(resource => resource.Id == resourceId);
}
