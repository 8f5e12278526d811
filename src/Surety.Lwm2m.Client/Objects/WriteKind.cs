namespace Surety.Lwm2m.Client;

/// <summary>How the values of a Write stand to those that are there (LwM2M Core 6.3.3).</summary>
internal enum WriteKind
{
    /// <summary>What is not named stays.</summary>
    Update,

    /// <summary>What is named is replaced whole: a multiple Resource has exactly the Resource Instances of the content.</summary>
    Replace,

    /// <summary>The same, and writable optional Resources that are not named go.</summary>
    ReplaceInstance,

    /// <summary>The values of a new instance; those that a server may not write are passed over.</summary>
    Create,
}
