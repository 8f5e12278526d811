using Microsoft.CodeAnalysis;

namespace Surety.Device.Generators;

/// <summary>How a C# type stands for types of LwM2M (LwM2M Core, Appendix C).</summary>
internal sealed class ValueKind
{
    private const string Value = "global::Surety.Lwm2m.ResourceValue";

    private static readonly string[] Signed = ["Integer"];
    private static readonly string[] Unsigned = ["UnsignedInteger", "Integer"];

    private ValueKind(string[] types, string to, string from)
    {
        Types = types;
        To = to;
        From = from;
    }

    /// <summary>The types of LwM2M that it may be; the first is what it is in an Object of one's own.</summary>
    public string[] Types { get; }

    /// <summary>Makes a <c>ResourceValue</c>; <c>{0}</c> is the value.</summary>
    public string To { get; }

    /// <summary>Makes the value of a <c>ResourceValue</c> of a type of LwM2M; <c>{0}</c> is that, <c>{1}</c> its reader for numbers.</summary>
    public string From { get; }

    /// <summary>What stands for a type, for messages.</summary>
    public static string Advice(string type) => type switch
    {
        "String" or "CoreLink" => "string",
        "Integer" => "long, int or another integer, or an enum",
        "UnsignedInteger" => "ulong, uint, ushort or byte",
        "Float" => "double or float",
        "Boolean" => "bool",
        "Opaque" => "byte[] or ReadOnlyMemory<byte>",
        "Time" => "DateTimeOffset",
        "ObjectLink" => "Surety.Lwm2m.ObjectLink",
        _ => "a method",
    };

    /// <summary>The kind of a type without its question mark; null when it stands for nothing.</summary>
    public static ValueKind? Find(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum)
            return OfNumber(Signed, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
        switch (type.SpecialType)
        {
            case SpecialType.System_String:
                return new(["String", "CoreLink"], Value + ".From{1}({0})", "{0}.As{1}()");
            case SpecialType.System_Boolean:
                return new(["Boolean"], Value + ".FromBoolean({0})", "{0}.AsBoolean()");
            case SpecialType.System_Double:
                return new(["Float"], Value + ".FromFloat({0})", "{0}.AsFloat()");
            case SpecialType.System_Single:
                return new(["Float"], Value + ".FromFloat({0})", "(float){0}.AsFloat()");
            case SpecialType.System_Int64:
                return OfNumber(Signed, "long");
            case SpecialType.System_Int32:
                return OfNumber(Signed, "int");
            case SpecialType.System_Int16:
                return OfNumber(Signed, "short");
            case SpecialType.System_SByte:
                return OfNumber(Signed, "sbyte");
            case SpecialType.System_UInt64:
                return OfNumber(["UnsignedInteger"], "ulong");
            case SpecialType.System_UInt32:
                return OfNumber(Unsigned, "uint");
            case SpecialType.System_UInt16:
                return OfNumber(Unsigned, "ushort");
            case SpecialType.System_Byte:
                return OfNumber(Unsigned, "byte");
        }

        return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) switch
        {
            "byte[]" => new(["Opaque"], Value + ".FromOpaque({0})", "{0}.AsOpaque().ToArray()"),
            "global::System.ReadOnlyMemory<byte>" => new(["Opaque"], Value + ".FromOpaque({0})", "{0}.AsOpaque()"),
            "global::System.DateTimeOffset" => new(["Time"], Value + ".FromTime({0})", "global::Surety.Device.ObjectBinding.ToDateTimeOffset({0})"),
            "global::Surety.Lwm2m.ObjectLink" => new(["ObjectLink"], Value + ".FromObjectLink({0})", "{0}.AsObjectLink()"),
            _ => null,
        };
    }

    /// <summary>The expression for a value, as a type of LwM2M.</summary>
    public string Make(string value, string type) => To.Replace("{0}", value).Replace("{1}", type == "UnsignedInteger" ? "Unsigned" : type)
        .Replace("{2}", type == "UnsignedInteger" ? "(ulong)" : "(long)");

    /// <summary>The expression for the C# value of a <c>ResourceValue</c>.</summary>
    public string Read(string value, string type) => From.Replace("{0}", value).Replace("{1}", type == "UnsignedInteger" ? "Unsigned" : type);

    // What does not fit overflows, and is refused.
    private static ValueKind OfNumber(string[] types, string name) =>
        new(types, Value + ".From{1}(" + "{2}{0})", "checked((" + name + "){0}.As{1}())");
}
