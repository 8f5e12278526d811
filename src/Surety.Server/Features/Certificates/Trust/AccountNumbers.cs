using System.Collections.Concurrent;

namespace Surety.Server.Features.Certificates;

/// <summary>Gives accounts small numbers, so that a row of a device takes 4 bytes for its account and not 16.</summary>
internal sealed class AccountNumbers
{
    private readonly ConcurrentDictionary<EntityId, int> _numbers = new();
    private readonly Lock _lock = new();
    private EntityId[] _accounts = new EntityId[64];
    private int _count;

    public int NumberOf(EntityId account)
    {
        if (_numbers.TryGetValue(account, out var known))
            return known;
        lock (_lock)
        {
            if (_numbers.TryGetValue(account, out known))
                return known;
            var number = _count++;
            var accounts = _accounts;
            if (number == accounts.Length)
                Array.Resize(ref accounts, number * 2);
            accounts[number] = account;
            Volatile.Write(ref _accounts, accounts);
            _numbers[account] = number;
            return number;
        }
    }

    public EntityId AccountOf(int number) => Volatile.Read(ref _accounts)[number];
}
