using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>An operation of the bootstrap interface on a device (Core TS 1.2.2, 6.1.7). As text it shows no secret.</summary>
public abstract record BootstrapOperation
{
    private BootstrapOperation()
    {
    }

    /// <summary>The bootstrap fails when the device refuses this operation.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>Bootstrap-Discover (6.1.7.3): which instances there are. Devices of LwM2M 1.0 do not know it, so a refusal is no failure unless it is made one.</summary>
    public sealed record Discover : BootstrapOperation
    {
        /// <summary>A discover.</summary>
        /// <param name="path">An object; by default the root.</param>
        /// <exception cref="ArgumentException">The path is deeper.</exception>
        public Discover(Lwm2mPath path = default)
        {
            if (path.Level > 1)
                throw new ArgumentException($"{path}: what is discovered is an object or everything.", nameof(path));
            Path = path;
            IsRequired = false;
        }

        /// <summary>Below what.</summary>
        public Lwm2mPath Path { get; }

        /// <inheritdoc/>
        public override string ToString() => $"discover {Path}";
    }

    /// <summary>Bootstrap-Read (6.1.7.4): what the Server and Access Control objects say.</summary>
    public sealed record Read : BootstrapOperation
    {
        /// <summary>A read.</summary>
        /// <param name="path"><c>/1</c>, <c>/2</c>, or an instance of theirs: a device tells nothing else to a Bootstrap-Server.</param>
        /// <exception cref="ArgumentException">Another path.</exception>
        public Read(Lwm2mPath path)
        {
            if (path.Level is not (1 or 2) || path.ObjectId is not (CoreObjects.Server or CoreObjects.AccessControl))
                throw new ArgumentException($"{path}: a Bootstrap-Server reads /1 and /2 alone.", nameof(path));
            Path = path;
        }

        /// <summary>What is read.</summary>
        public Lwm2mPath Path { get; }

        /// <inheritdoc/>
        public override string ToString() => $"read {Path}";
    }

    /// <summary>Bootstrap-Write (6.1.7.5): what is there is overwritten, whatever it is.</summary>
    public sealed record Write : BootstrapOperation
    {
        /// <summary>A write.</summary>
        /// <param name="path">An object, instance or resource.</param>
        /// <param name="entries">The values, at or below the path.</param>
        /// <exception cref="ArgumentException">The path is another, a value lies elsewhere, or there is none.</exception>
        public Write(Lwm2mPath path, IReadOnlyList<ResourceEntry> entries)
        {
            ArgumentNullException.ThrowIfNull(entries);
            if (path.Level is < 1 or > 3)
                throw new ArgumentException($"{path}: what is written is an object, an instance or a resource.", nameof(path));
            if (entries.Count == 0)
                throw new ArgumentException($"{path}: there is no value to write.", nameof(entries));
            foreach (ResourceEntry entry in entries)
            {
                if (!entry.Path.StartsWith(path) || entry.Path.Level < 3)
                    throw new ArgumentException($"{entry.Path} is no resource at or below {path}.", nameof(entries));
            }

            Path = path;
            Entries = entries;
        }

        /// <summary>What is written.</summary>
        public Lwm2mPath Path { get; }

        /// <summary>The values.</summary>
        public IReadOnlyList<ResourceEntry> Entries { get; }

        /// <summary>The format to write in; null: what the device prefers, and what it takes when it refuses that.</summary>
        public ContentFormat? Format { get; init; }

        /// <inheritdoc/>
        public override string ToString() => $"write {Path}: {BootstrapText.Describe(Entries)}";
    }

    /// <summary>Bootstrap-Delete (6.1.7.6). The device keeps its bootstrap account and /3/0 whatever is deleted.</summary>
    public sealed record Delete : BootstrapOperation
    {
        /// <summary>A delete.</summary>
        /// <param name="path">An instance; an object, for all of its instances; or the root, for all of all.</param>
        /// <exception cref="ArgumentException">The path is deeper.</exception>
        public Delete(Lwm2mPath path)
        {
            if (path.Level > 2)
                throw new ArgumentException($"{path}: what is deleted is an instance, an object or everything.", nameof(path));
            Path = path;
        }

        /// <summary>What is deleted.</summary>
        public Lwm2mPath Path { get; }

        /// <inheritdoc/>
        public override string ToString() => $"delete {Path}";
    }

    /// <summary>
    /// Bootstrap-Finish (6.1.7.2): the device checks what it has got. When it finds that inconsistent, 4.06, the plan may go on with what puts it right and
    /// finish again.
    /// </summary>
    public sealed record Finish : BootstrapOperation
    {
        /// <summary>Uri-Query options; LwM2M defines none, but Pelion's clients want to be told their device id as <c>iep</c>.</summary>
        public IReadOnlyList<string> Queries { get; init; } = [];

        /// <inheritdoc/>
        public override string ToString() => Queries.Count == 0 ? "finish" : $"finish ?{string.Join('&', Queries)}";
    }
}
