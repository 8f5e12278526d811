using Surety.Lwm2m;

namespace Surety.Device;

/// <summary>
/// A property or a method is a Resource. Of an Object of OMA's registry the definition says all else; what is said here as well must be the same,
/// except for <see cref="Unit"/> where the definition leaves it open.
/// </summary>
/// <param name="id">The Resource's id.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method, Inherited = false)]
public sealed class ResourceAttribute(ushort id) : Attribute
{
    /// <summary>The Resource's id.</summary>
    public ushort Id { get; } = id;

    /// <summary>What servers may do. Default, in an Object of one's own: Read for properties, Execute for methods.</summary>
    public ResourceOperations Operations { get; set; }

    /// <summary>The type, where the property's leaves it open: an <c>uint</c> is <see cref="ResourceType.UnsignedInteger"/> unless it says otherwise.</summary>
    public ResourceType Type { get; set; }

    /// <summary>The name. Default: the member's.</summary>
    public string? Name { get; set; }

    /// <summary>The unit, as SenML writes it: <c>Cel</c>. For Sensor Value (5700) it becomes the value of Sensor Units (5701), if no member is that.</summary>
    public string? Unit { get; set; }

    /// <summary>The range that servers' values must be in, <c>0..100</c>.</summary>
    public string? Range { get; set; }

    /// <summary>Whether every instance of an Object of one's own has the Resource. Default false.</summary>
    public bool IsMandatory { get; set; }
}
