using System.Diagnostics.CodeAnalysis;

namespace Surety.Coap;

/// <summary>Pooled objects that are found by the slot in their token (<see cref="SlotToken"/>). For one thread.</summary>
/// <typeparam name="T">What is in the slots.</typeparam>
/// <param name="create">Makes the object of a slot, which is its own from then on.</param>
internal sealed class SlotTable<T>(Func<int, T> create)
    where T : class
{
    private readonly Stack<T> _free = new();
    private T[] _slots = new T[64];
    private int _count;

    /// <summary>Objects that were rented and not returned.</summary>
    public int InUse => _count - _free.Count;

    /// <summary>An object that nobody uses.</summary>
    public T Rent()
    {
        if (_free.TryPop(out T? free))
            return free;
        if (_count == _slots.Length)
            Array.Resize(ref _slots, _slots.Length * 2);
        T made = create(_count);
        _slots[_count++] = made;
        return made;
    }

    /// <summary>Gives an object back.</summary>
    public void Return(T item) => _free.Push(item);

    /// <summary>Finds the object in the slot that a token names, rented or not: whether the token is that of the object is for the caller to see.</summary>
    public bool TryFind(in CoapToken token, [NotNullWhen(true)] out T? item)
    {
        item = SlotToken.TryGetSlot(token, out int slot) && slot < _count ? _slots[slot] : null;
        return item is not null;
    }
}
