namespace Surety.Lwm2m;

/// <summary>What a content needs beside its bytes: definitions, the device's registration and the time.</summary>
/// <remarks>A struct: it is made for every message. <c>default</c> knows no definitions, so that types come from the encoding.</remarks>
public readonly struct ContentContext
{
    /// <summary>A context for contents of one device.</summary>
    /// <param name="models">Definitions, that type what the encoding leaves open; null for none.</param>
    /// <param name="now">The present, to which SenML's relative times refer (RFC 8428, 4.5.3).</param>
    /// <param name="links">
    /// What the device registered: the versions of its Objects, and the alternate path that stands before SenML names.
    /// Null in the bootstrap interface, which knows no alternate path (Transport TS 1.2.2, 6.4.1).
    /// </param>
    /// <param name="version">The LwM2M version the device registered with; it implies the versions of the core Objects.</param>
    public ContentContext(ObjectModelRegistry? models, DateTimeOffset now, RegistrationLinks? links = null, Lwm2mVersion version = Lwm2mVersion.V10)
    {
        Models = models;
        Links = links;
        Version = version;
        UnixSeconds = (now - DateTimeOffset.UnixEpoch).TotalSeconds;
        AlternatePath = links?.RootPath ?? "";
    }

    /// <summary>Definitions; null for none.</summary>
    public ObjectModelRegistry? Models { get; }

    /// <summary>What the device registered; null when it does not matter.</summary>
    public RegistrationLinks? Links { get; }

    /// <summary>The LwM2M version the device registered with.</summary>
    public Lwm2mVersion Version { get; }

    /// <summary>The present in seconds since the Unix epoch.</summary>
    public double UnixSeconds { get; }

    /// <summary>What stands before <c>/3/0</c> in SenML names: empty, or for example <c>/lwm2m</c>.</summary>
    public string AlternatePath { get; init; }

    /// <summary>
    /// Whether a value that does not fit its definition, and cannot be converted without loss, is kept with the type of its encoding.
    /// By default it makes the content invalid (Core TS 1.2.2, 7.1: the receiver checks types).
    /// </summary>
    public bool KeepMistyped { get; init; }

    /// <summary>
    /// Whether entries outside the request path are taken: SenML may answer a Read with the Objects that an Objlnk points to (Core TS 1.2.2, 7.5.6).
    /// Never for what a client is told to write.
    /// </summary>
    public bool AllowsOtherObjects { get; init; }

    /// <summary>The definition of a Resource or Resource Instance, or null.</summary>
    public ResourceModel? FindResource(Lwm2mPath path)
    {
        if (Models is null || path.Level < 3) return null;
        ushort objectId = path.ObjectId;
        ObjectVersion version = Links?.VersionOf(objectId) ?? CoreObjects.ImpliedVersion(Version, objectId);
        return Models.FindResource(objectId, version, path.ResourceId);
    }
}
