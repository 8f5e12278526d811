using System.Globalization;
using System.Runtime.InteropServices;

namespace Surety.Lwm2m;

/// <summary>What all decoders share: the target list, the checks of each entry, and the reason when something is wrong.</summary>
internal struct ContentDecoder
{
    private readonly ContentContext _context;
    private readonly List<ResourceEntry> _into;
    private readonly int _start;

    public ContentDecoder(Lwm2mPath requestPath, in ContentContext context, List<ResourceEntry> into)
    {
        RequestPath = requestPath;
        _context = context;
        _into = into;
        _start = into.Count;
    }

    public Lwm2mPath RequestPath { get; }

    /// <summary>Whether an explicit null is a value: SenML-ETCH.</summary>
    public bool AllowsNull { get; init; }

    public string? Reason { get; private set; }

    public readonly ContentContext Context => _context;

    /// <summary>Entries decoded so far.</summary>
    public readonly int Count => _into.Count - _start;

    /// <summary>The entries decoded so far; valid until the next is added.</summary>
    public readonly ReadOnlySpan<ResourceEntry> Entries =>
        CollectionsMarshal.AsSpan(_into)[_start..];

    public bool Fail(string reason)
    {
        Reason ??= reason;
        return false;
    }

    public bool Fail(Lwm2mPath path, string reason) => Fail(string.Create(CultureInfo.InvariantCulture, $"{path}: {reason}"));

    /// <summary>Takes what was decoded out of the list again.</summary>
    public readonly void Undo() => _into.RemoveRange(_start, _into.Count - _start);

    public readonly ResourceModel? FindModel(Lwm2mPath path) => _context.FindResource(path);

    /// <summary>Adds a value that the encoding typed by itself; the definition may want another type.</summary>
    /// <param name="path">A Resource or Resource Instance.</param>
    /// <param name="value">The value with the type of the encoding.</param>
    /// <param name="timestamp">Seconds since the Unix epoch, or null.</param>
    public bool Add(Lwm2mPath path, ResourceValue value, double? timestamp = null)
    {
        if (!IsAcceptable(path)) return false;
        if (path.Level < 3) return Fail(path, "a value belongs to a Resource or Resource Instance");
        ResourceModel? model = FindModel(path);
        if (model is { Type: not ResourceType.None } && !value.IsNull && value.Type != model.Type)
        {
            if (value.TryConvert(model.Type, out ResourceValue converted)) value = converted;
            else if (!_context.KeepMistyped) return Fail(path, $"is {model.Type} by definition, the content holds {value.Type}");
        }

        _into.Add(new ResourceEntry(path, value, timestamp));
        return true;
    }

    /// <summary>Adds a value whose type was already chosen by the definition.</summary>
    public bool AddTyped(Lwm2mPath path, ResourceValue value)
    {
        if (!IsAcceptable(path)) return false;
        _into.Add(new ResourceEntry(path, value));
        return true;
    }

    /// <summary>Adds a node without value: an Object Instance or Resource that is there and empty.</summary>
    public bool AddEmpty(Lwm2mPath path)
    {
        if (!IsAcceptable(path)) return false;
        _into.Add(ResourceEntry.OfPath(path));
        return true;
    }

    /// <summary>What a content without entries means for the request path, and what must not be there twice.</summary>
    /// <param name="unique">Whether a path may occur only once.</param>
    public bool Complete(bool unique)
    {
        if (Count == 0)
        {
            if (RequestPath.Level < 2) return true;
            if (RequestPath.IsResourceInstance || (RequestPath.IsResource && FindModel(RequestPath) is { IsMultiple: false }))
                return Fail(RequestPath, "the content holds no value");
            return AddEmpty(RequestPath);
        }

        if (!unique || HasTimes() || !EntryOrder.TryFindConflict(Entries, out Lwm2mPath conflict)) return true;
        return Fail(conflict, "occurs twice");
    }

    // Historical values repeat their path, each with its time.
    private readonly bool HasTimes()
    {
        foreach (ref readonly ResourceEntry entry in Entries)
        {
            if (entry.Timestamp is not null) return true;
        }

        return false;
    }

    private bool IsAcceptable(Lwm2mPath path)
    {
        if (!path.StartsWith(RequestPath) && !_context.AllowsOtherObjects) return Fail(path, $"is not at or below {RequestPath}");
        return Count < Lwm2mContent.MaxEntries || Fail($"more than {Lwm2mContent.MaxEntries} values");
    }
}
