namespace Surety.Lwm2m;

/// <summary>Definition of a Resource.</summary>
/// <param name="Id">Resource id.</param>
/// <param name="Name">Name in the Object's definition.</param>
/// <param name="Operations">What a server may do.</param>
/// <param name="IsMultiple">Whether it has Resource Instances.</param>
/// <param name="IsMandatory">Whether every instance of the Object has it.</param>
/// <param name="Type">Data type; <see cref="ResourceType.None"/> for executables.</param>
/// <param name="Range">Range or enumeration in the words of the definition; empty when there is none.</param>
/// <param name="Units">Unit in the words of the definition; empty when there is none.</param>
public sealed record ResourceModel(
    ushort Id,
    string Name,
    ResourceOperations Operations,
    bool IsMultiple,
    bool IsMandatory,
    ResourceType Type,
    string Range,
    string Units)
{
    /// <summary>Whether Read is allowed.</summary>
    public bool IsReadable => (Operations & ResourceOperations.Read) != 0;

    /// <summary>Whether Write is allowed.</summary>
    public bool IsWritable => (Operations & ResourceOperations.Write) != 0;

    /// <summary>Whether Execute is allowed.</summary>
    public bool IsExecutable => (Operations & ResourceOperations.Execute) != 0;
}
