namespace Surety.Device.Generators;

/// <summary>Definition of a Resource.</summary>
/// <param name="Id">Resource id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Operations">What a server may do: letters of <c>RWE</c>.</param>
/// <param name="IsMultiple">Whether it has Resource Instances.</param>
/// <param name="IsMandatory">Whether every instance has it.</param>
/// <param name="Type">A name of <c>ResourceType</c>; <c>None</c> for executables.</param>
/// <param name="Range">Its range, or nothing.</param>
/// <param name="Units">Its units, or nothing.</param>
internal sealed record ResourceDefinition(int Id, string Name, string Operations, bool IsMultiple, bool IsMandatory, string Type, string Range, string Units)
{
    public bool IsExecutable => Operations.Contains('E');

    public bool IsWritable => Operations.Contains('W');
}
