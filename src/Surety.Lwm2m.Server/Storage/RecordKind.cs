namespace Surety.Lwm2m.Server;

/// <summary>The first byte of a record of the registrations' log. Values are never used for something else.</summary>
internal enum RecordKind : byte
{
    /// <summary>A registration, whole.</summary>
    Registered = 1,

    /// <summary>Heard from: id, time.</summary>
    Refreshed = 2,

    /// <summary>A registration has ended: id.</summary>
    Removed = 3,

    /// <summary>An observation: token, registration, paths, format.</summary>
    Observed = 4,

    /// <summary>An observation has ended: token.</summary>
    Unobserved = 5,
}
