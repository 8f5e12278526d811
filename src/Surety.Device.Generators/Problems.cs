using Microsoft.CodeAnalysis;

namespace Surety.Device.Generators;

/// <summary>What can be wrong with a class that is to be an Object. Each says what to do.</summary>
internal static class Problems
{
    private const string Category = "Surety.Device";

    public static readonly DiagnosticDescriptor Class = Make("SURETY001", "The class cannot be an Object", "{0} cannot be an Object: {1}");

    public static readonly DiagnosticDescriptor Member = Make("SURETY002", "The member cannot be a Resource", "{0} cannot be resource {1}: {2}");

    public static readonly DiagnosticDescriptor Duplicate = Make("SURETY003", "Two members are the same Resource", "{0} and {1} are both resource {2}; a Resource is one member");

    public static readonly DiagnosticDescriptor Unknown =
        Make("SURETY004", "The Object defines no such Resource", "Object {0} defines no resource {1}; it has {2}");

    public static readonly DiagnosticDescriptor Type =
        Make("SURETY005", "The type is not that of the definition", "{0} is {1}, and resource {2} ({3}) of object {4} is {5}: make it {6}");

    public static readonly DiagnosticDescriptor Definition =
        Make("SURETY006", "Operations, units or range differ from the definition", "{0} says {1}, and resource {2} ({3}) of object {4} has {5}; leave it out, it is taken from the definition");

    public static readonly DiagnosticDescriptor Mandatory =
        Make("SURETY007", "A mandatory Resource is missing", "{0} lacks resource {1} ({2}, {3}), which object {4} ({5}) has in every instance: add a member with [Resource({1})]");

    public static readonly DiagnosticDescriptor Undescribed =
        Make("SURETY008", "Nobody describes the Object", "OMA's registry describes no object {0}{1}: give the class a Name, [Lwm2mObject({0}, Name = \"...\")], and it is described by its members");

    private static DiagnosticDescriptor Make(string id, string title, string message) => new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
