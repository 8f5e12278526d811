using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;

namespace Surety.Device;

/// <summary>The Object Instance of an object of a class with <see cref="Lwm2mObjectAttribute"/>.</summary>
/// <param name="model">The Object's definition.</param>
/// <param name="id">The instance.</param>
/// <param name="target">The object.</param>
internal sealed class BoundInstance(ObjectModel model, ushort id, IDeviceObject target) : ObjectInstance(model, id)
{
    public IDeviceObject Target { get; } = target;

    /// <inheritdoc/>
    protected override void OnWriting(IReadOnlyList<ResourceEntry> entries)
    {
        Check(entries);
        base.OnWriting(entries);
    }

    /// <inheritdoc/>
    protected override void OnWritten(IReadOnlyList<ResourceEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        // One that a server creates is asked now, before it is there.
        if (!IsAdded)
            Check(entries);
        foreach (ResourceModel resource in Model.Resources)
        {
            if (resource.IsWritable && !Contains(resource.Id))
                Target.Clear(resource.Id);
        }

        foreach (ResourceEntry entry in entries)
            Target.Take(entry.Path.ResourceId, entry.Value, this);
        base.OnWritten(entries);
    }

    private void Check(IReadOnlyList<ResourceEntry> entries)
    {
        foreach (ResourceEntry entry in entries)
        {
            if (entry.Value.IsNone || entry.Value.IsNull)
                continue;
            try
            {
                Target.Check(entry.Path.ResourceId, entry.Value);
            }
            catch (WriteRefusedException e)
            {
                throw new CoapException(e.IsNotAllowed ? CoapCode.MethodNotAllowed : CoapCode.BadRequest, e.Message);
            }
            catch (OverflowException)
            {
                throw new CoapException(CoapCode.BadRequest, $"{entry.Path}: the value is out of range");
            }
        }
    }
}
