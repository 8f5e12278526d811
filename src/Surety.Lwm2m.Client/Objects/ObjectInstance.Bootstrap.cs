using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <remarks>What the bootstrap server does; it is not held to the operations of an Object's definition (LwM2M Core 6.1.7.5). Under the client's lock.</remarks>
public partial class ObjectInstance
{
    /// <summary>All values that are there, those that no server may read among them.</summary>
    internal List<ResourceEntry> ReadAll()
    {
        var entries = new List<ResourceEntry>();
        for (int i = 0; i < _values.Length; i++)
        {
            if (!_values[i].IsNone && !Model.Resources[i].IsExecutable)
                ReadResourceInto(Model.Resources[i], i, Path, entries);
        }

        return entries;
    }

    /// <summary>What answers a POST to a Resource whose arguments have a form of their own; null: they have that of LwM2M.</summary>
    internal Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<ReadOnlyMemory<byte>>>? FindPost(ushort resourceId) =>
        _delegates?.GetValueOrDefault(resourceId) as Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<ReadOnlyMemory<byte>>>;

    /// <summary>Asks the application about values that were written in a bootstrap.</summary>
    /// <exception cref="CoapException">It refuses them.</exception>
    internal void CheckBootstrapWrite(List<ResourceEntry> entries) => OnWriting(entries);

    /// <summary>Gives the values of a bootstrap the types of the definition; what the definition does not know is left out, as far as it may be.</summary>
    /// <param name="model">The Object's definition.</param>
    /// <param name="target">What the request names.</param>
    /// <param name="entries">The values, of one instance.</param>
    internal static OperationError? TypeBootstrapWrite(ObjectModel model, Lwm2mPath target, List<ResourceEntry> entries)
    {
        if (entries.Count > MaxResourceInstances)
            return new(CoapCode.BadRequest, $"more than {MaxResourceInstances} values for {target}");
        for (int i = entries.Count - 1; i >= 0; i--)
        {
            ResourceEntry entry = entries[i];
            ResourceModel? resource = entry.Path.Level < 3 ? null : model.Find(entry.Path.ResourceId);
            if (resource is null or { IsExecutable: true })
            {
                // Unknown Resources in an instance are no error, only one that is asked for by its path.
                if (target.Level >= 3)
                    return new(CoapCode.BadRequest, $"{target} is not supported");
                entries.RemoveAt(i);
                continue;
            }

            if (entry.Path.IsResourceInstance != resource.IsMultiple && !(entry.Value.IsNone && resource.IsMultiple))
                return new(CoapCode.BadRequest, $"{entry.Path}: the resource has {(resource.IsMultiple ? "" : "no ")}instances");
            if (entry.Value.IsNone)
                continue;
            if (!entry.Value.TryConvert(resource.Type, out ResourceValue typed))
                return new(CoapCode.BadRequest, $"{entry.Path} is {resource.Type}");
            if (!ResourceRange.Contains(resource, typed))
                return new(CoapCode.BadRequest, $"{entry.Path} is out of its range {resource.Range}");
            entries[i] = new ResourceEntry(entry.Path, typed);
        }

        return null;
    }
}
