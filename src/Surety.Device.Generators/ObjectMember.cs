using Microsoft.CodeAnalysis;

namespace Surety.Device.Generators;

/// <summary>A member of a class that is a Resource.</summary>
/// <param name="Symbol">The member.</param>
/// <param name="Definition">The Resource.</param>
/// <param name="Form">How the member holds it.</param>
internal sealed record ObjectMember(ISymbol Symbol, ResourceDefinition Definition, MemberForm Form)
{
    public string Name => Symbol.Name;

    public IPropertySymbol Property => (IPropertySymbol)Symbol;

    /// <summary>The kind of the value, or of the value of each Resource Instance.</summary>
    public ValueKind Kind { get; init; } = null!;

    /// <summary>The value's type without its question mark.</summary>
    public ITypeSymbol ValueType { get; init; } = null!;

    /// <summary>The value may be absent, and so the Resource.</summary>
    public bool IsNullable { get; init; }

    /// <summary>The units that Sensor Units of the same Object are to say; null: none.</summary>
    public string? SensorUnits { get; init; }
}
