using System.ComponentModel;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;

namespace Surety.Device;

/// <summary>A class with <see cref="Lwm2mObjectAttribute"/>. The compiler implements it; nobody else does.</summary>
public interface IDeviceObject
{
    /// <summary>The Object's definition.</summary>
    static abstract ObjectModel Model { get; }

    /// <summary>Between the class and its Object Instance.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ObjectBinding Binding { get; }

    /// <summary>Gives an instance the values, the computed ones, and what is executed.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void Load(ObjectInstance instance);

    /// <summary>Asks about a value that a server wants to write.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void Check(ushort resourceId, ResourceValue value);

    /// <summary>Takes a value that a server has written; of a multiple Resource all that the instance has now.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void Take(ushort resourceId, ResourceValue value, ObjectInstance instance);

    /// <summary>Takes an optional Resource away, since a server's Replace did not name it.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void Clear(ushort resourceId);
}
