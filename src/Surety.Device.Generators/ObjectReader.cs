using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Surety.Device.Generators;

/// <summary>Reads a class that is to be an Object, and says what is wrong with it.</summary>
internal sealed class ObjectReader(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellationToken)
{
    // The client itself has these (LwM2M Core, E.1 to E.3, and OSCORE).
    private static readonly int[] Reserved = [0, 1, 2, 21, 23];

    private readonly List<Finding> _findings = [];

    public List<Finding> Findings => _findings;

    /// <summary>The members that are Resources, by id.</summary>
    public List<ObjectMember> Members { get; } = [];

    /// <summary>The registry has the definition, at run time as well.</summary>
    public bool IsDescribed { get; private set; }

    /// <summary>Reads it all.</summary>
    /// <returns>False when something is wrong.</returns>
    public bool TryRead(out ObjectDefinition? definition)
    {
        definition = null;
        if (FindClassProblem() is { } problem)
        {
            Add(type, Problems.Class, type.Name, problem);
            return false;
        }

        int id = Convert.ToInt32(attribute.ConstructorArguments[0].Value, CultureInfo.InvariantCulture);
        string? name = Named<string>(attribute, "Name"), version = Named<string>(attribute, "Version");
        if (Reserved.Contains(id) || id == ushort.MaxValue)
        {
            Add(type, Problems.Class, type.Name, $"object {id} belongs to the client itself");
            return false;
        }

        ObjectDefinition? known = name is null ? Definitions.Find(id, version) : null;
        if (name is null && known is null)
        {
            Add(type, Problems.Undescribed, id, version is null ? "" : $" in version {version}");
            return false;
        }

        if (version is not null && !IsVersion(version))
        {
            Add(type, Problems.Class, type.Name, $"'{version}' is no version; 1.0 is one");
            return false;
        }

        IsDescribed = known is not null;
        definition = known ?? new ObjectDefinition(id, version ?? "1.0", name!, attribute.NamedArguments.All(argument => argument.Key != "IsMultiple") || Named<bool>(attribute, "IsMultiple"));
        foreach (ISymbol member in type.GetMembers())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (member.GetAttributes().FirstOrDefault(item => item.AttributeClass?.ToDisplayString() == "Surety.Device.ResourceAttribute") is { } resource)
                ReadMember(definition, member, resource);
        }

        Members.Sort((a, b) => a.Definition.Id.CompareTo(b.Definition.Id));
        FindDuplicates();
        FindMissing(definition);
        if (!IsDescribed)
            definition.Resources.AddRange(Members.Select(member => member.Definition));
        return _findings.Count == 0;
    }

    private string? FindClassProblem()
    {
        if (type.IsGenericType)
            return "it is generic";
        if (type.IsAbstract)
            return "it is abstract";
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.DeclaringSyntaxReferences.Any(part => part.GetSyntax(cancellationToken) is TypeDeclarationSyntax syntax && !syntax.Modifiers.Any(SyntaxKind.PartialKeyword)))
                return $"its other part is made here: say 'partial class {outer.Name}'";
        }

        return null;
    }

    private void ReadMember(ObjectDefinition definition, ISymbol member, AttributeData attribute)
    {
        int id = Convert.ToInt32(attribute.ConstructorArguments[0].Value, CultureInfo.InvariantCulture);
        ResourceDefinition? known = definition.Find(id);
        if (IsDescribed && known is null)
        {
            Add(member, Problems.Unknown, definition.Id, id, string.Join(", ", definition.Resources.Select(resource => $"{resource.Id} ({resource.Name})")));
            return;
        }

        if (member.IsStatic)
        {
            Add(member, Problems.Member, member.Name, id, "it is static");
            return;
        }

        if (known is not null)
            CompareWords(definition, known, member, attribute);
        if (member is IMethodSymbol method)
            ReadMethod(definition, method, attribute, id, known);
        else if (member is IPropertySymbol property)
            ReadProperty(definition, property, attribute, id, known);
    }

    private void ReadMethod(ObjectDefinition definition, IMethodSymbol method, AttributeData attribute, int id, ResourceDefinition? known)
    {
        if (known is { IsExecutable: false })
        {
            Add(method, Problems.Type, method.Name, "a method", id, known.Name, definition.Id, known.Type, ValueKind.Advice(known.Type));
            return;
        }

        string result = method.ReturnType.ToDisplayString();
        bool returns = method.ReturnsVoid || result is "System.Threading.Tasks.Task" or "System.Threading.Tasks.ValueTask";
        bool takes = method.Parameters.All(parameter => parameter.Type.ToDisplayString() is "Surety.Lwm2m.Client.ExecuteArguments" or "System.Threading.CancellationToken");
        if (!returns || !takes || (method.IsAsync && method.ReturnsVoid))
        {
            Add(method, Problems.Member, method.Name, id, "what is executed returns void, Task or ValueTask (async: not void), and takes ExecuteArguments, a CancellationToken, both or nothing");
            return;
        }

        Members.Add(new ObjectMember(method, known ?? Describe(method, attribute, id, "E", "None", isMultiple: false, isMandatory: false), MemberForm.Method));
    }

    private void ReadProperty(ObjectDefinition definition, IPropertySymbol property, AttributeData attribute, int id, ResourceDefinition? known)
    {
        if (known is { IsExecutable: true })
        {
            Add(property, Problems.Member, property.Name, id, $"servers execute {known.Name}: make it a method");
            return;
        }

        bool isAutomatic = property.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellationToken)).OfType<PropertyDeclarationSyntax>()
            .Any(syntax => syntax.ExpressionBody is null && syntax.AccessorList?.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null) == true);
        bool isPartial = property.IsPartialDefinition;
        if (property.GetMethod is null || property.IsIndexer || (isAutomatic && !isPartial) || property.SetMethod is { IsInitOnly: true })
        {
            Add(property, Problems.Member, property.Name, id, "nobody would notice a change: make it partial, with get and set, or give its accessors code of their own");
            return;
        }

        ITypeSymbol valueType = WithoutNullability(property.Type, out bool isNullable);
        bool isMultiple = valueType is INamedTypeSymbol { IsGenericType: true } map && map.ConstructedFrom.ToDisplayString() == "System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>"
            && map.TypeArguments[0].SpecialType == SpecialType.System_UInt16;
        if (isMultiple)
            valueType = WithoutNullability(((INamedTypeSymbol)valueType).TypeArguments[1], out _);
        ValueKind? kind = ValueKind.Find(valueType);
        string? wanted = known?.Type ?? TypeName(attribute) ?? kind?.Types[0];
        if (kind is null || !kind.Types.Contains(wanted) || (known is not null && known.IsMultiple != isMultiple) || (isMultiple && !isPartial))
        {
            string advice = wanted is null ? "a type that stands for one of LwM2M" : ValueKind.Advice(wanted);
            Add(
                property, Problems.Type, property.Name, property.Type.ToDisplayString(), id, known?.Name ?? property.Name, definition.Id,
                (known?.IsMultiple == true ? "multiple " : "") + (wanted ?? "of no type yet"),
                known?.IsMultiple == true ? $"a partial IReadOnlyDictionary<ushort, T> with T = {advice}" : advice);
            return;
        }

        string operations = Operations(attribute) ?? "R";
        ResourceDefinition resource = known ?? Describe(property, attribute, id, operations, wanted!, isMultiple, Named<bool>(attribute, "IsMandatory"));
        if (resource.IsWritable && property.SetMethod is null)
        {
            Add(property, Problems.Member, property.Name, id, "servers write it: give it a setter, which may be private");
            return;
        }

        Members.Add(new ObjectMember(property, resource, isPartial ? MemberForm.Stored : MemberForm.Computed)
        {
            Kind = kind,
            ValueType = valueType,
            IsNullable = isNullable || (property.Type.IsReferenceType && isPartial),
            SensorUnits = id == 5700 && IsDescribed && definition.Find(5701) is { Type: "String" } ? Named<string>(attribute, "Unit") : null,
        });
    }

    /// <summary>What the attribute says beside the id must be what the definition says.</summary>
    private void CompareWords(ObjectDefinition definition, ResourceDefinition known, ISymbol member, AttributeData attribute)
    {
        Compare("Operations", Operations(attribute), known.Operations);
        Compare("Type", TypeName(attribute), known.Type);
        Compare("Range", Named<string>(attribute, "Range"), known.Range);
        // Units that the definition leaves open are those of this sensor.
        if (known.Units.Length > 0)
            Compare("Unit", Named<string>(attribute, "Unit"), known.Units);

        void Compare(string what, string? said, string defined)
        {
            if (said is not null && said != defined)
                Add(member, Problems.Definition, member.Name, $"{what} = {said}", known.Id, known.Name, definition.Id, defined.Length == 0 ? "none" : defined);
        }
    }

    private void FindDuplicates()
    {
        for (int i = 1; i < Members.Count; i++)
        {
            if (Members[i].Definition.Id == Members[i - 1].Definition.Id)
                Add(Members[i].Symbol, Problems.Duplicate, Members[i - 1].Name, Members[i].Name, Members[i].Definition.Id);
        }
    }

    private void FindMissing(ObjectDefinition definition)
    {
        foreach (ResourceDefinition resource in definition.Resources)
        {
            if (resource.IsMandatory && _findings.Count == 0 && !Members.Exists(member => member.Definition.Id == resource.Id))
                Add(type, Problems.Mandatory, type.Name, resource.Id, resource.Name, resource.IsExecutable ? "a method" : ValueKind.Advice(resource.Type), definition.Id, definition.Name);
        }
    }

    private static ResourceDefinition Describe(ISymbol member, AttributeData attribute, int id, string operations, string type, bool isMultiple, bool isMandatory) => new(
        id, Named<string>(attribute, "Name") ?? member.Name, operations, isMultiple, isMandatory, type, Named<string>(attribute, "Range") ?? "", Named<string>(attribute, "Unit") ?? "");

    private static string? Operations(AttributeData attribute)
    {
        // The flags of ResourceOperations.
        int flags = Convert.ToInt32(Find(attribute, "Operations") ?? 0, CultureInfo.InvariantCulture);
        return flags == 0 ? null : ((flags & 1) != 0 ? "R" : "") + ((flags & 2) != 0 ? "W" : "") + ((flags & 4) != 0 ? "E" : "");
    }

    private static string? TypeName(AttributeData attribute) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Type").Value is { Type: INamedTypeSymbol named, Value: { } value }
        ? named.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value))?.Name
        : null;

    private static object? Find(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    private static T? Named<T>(AttributeData attribute, string name) => Find(attribute, name) is T value ? value : default;

    private static bool IsVersion(string text) => System.Version.TryParse(text, out Version? version) && version.Build < 0 && version is { Major: <= 255, Minor: <= 255 };

    private static ITypeSymbol WithoutNullability(ITypeSymbol type, out bool isNullable)
    {
        isNullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return nullable.TypeArguments[0];
        return type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
    }

    private void Add(ISymbol symbol, DiagnosticDescriptor descriptor, params object[] arguments) => _findings.Add(Finding.At(symbol, descriptor, arguments));
}
