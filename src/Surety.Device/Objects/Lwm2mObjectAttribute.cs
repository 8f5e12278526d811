namespace Surety.Device;

/// <summary>
/// A class is an Object: each of its instances is an Object Instance, its members with <see cref="ResourceAttribute"/> are the Resources. The class is
/// <c>partial</c>; its other part is made by the compiler, which checks it against OMA's registry (SURETY001 to SURETY008).
/// </summary>
/// <param name="id">The Object's id, 3 or more.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class Lwm2mObjectAttribute(ushort id) : Attribute
{
    /// <summary>The Object's id.</summary>
    public ushort Id { get; } = id;

    /// <summary>The version, <c>1.1</c>. Default: the newest that the registry has; 1.0 of an Object of one's own.</summary>
    public string? Version { get; set; }

    /// <summary>The name of an Object that the registry does not have, and that is described by the members of the class.</summary>
    public string? Name { get; set; }

    /// <summary>Whether an Object of one's own may have several instances. Default true.</summary>
    public bool IsMultiple { get; set; } = true;
}
