namespace Surety.Device.Generators;

/// <summary>How a member of a class holds a Resource.</summary>
internal enum MemberForm
{
    /// <summary>A partial property: what is set is told.</summary>
    Stored,

    /// <summary>A property with code of its own: read whenever a server asks, written when one writes.</summary>
    Computed,

    /// <summary>A method: Execute.</summary>
    Method,
}
