using System.Runtime.InteropServices;

namespace Surety.Lwm2m.Client;

/// <summary>A list that is used again. What reads an application's values may run its code, which may lead back here: then there is another list.</summary>
internal readonly ref struct EntryList : IDisposable
{
    [ThreadStatic]
    private static List<ResourceEntry>? t_free;

    private EntryList(List<ResourceEntry> items) => Items = items;

    public List<ResourceEntry> Items { get; }

    public Span<ResourceEntry> Span => CollectionsMarshal.AsSpan(Items);

    public static EntryList Rent()
    {
        List<ResourceEntry> items = t_free ?? [];
        t_free = null;
        return new(items);
    }

    public void Dispose()
    {
        Items.Clear();
        t_free = Items;
    }
}
