using Surety.Device;
using Surety.Lwm2m.Client;

namespace Surety.EndToEnd.Tests.Kills;

/// <summary>A device's disk: so many steps of it, each of which is whole, and then nothing more, since the power is gone.</summary>
internal sealed class Flash(string folder) : IdentityFiles(folder), IClientStateStore
{
    private readonly Lock _lock = new();
    private readonly FileStateStore _state = new(Path.Combine(folder, "state.json"));
    private readonly List<string> _steps = [];
    private int _last = int.MaxValue;
    private bool _isDead;

    /// <summary>Called when the power goes.</summary>
    public Action OnDead { get; set; } = static () => { };

    /// <summary>What was done since <see cref="Begin"/>.</summary>
    public IReadOnlyList<string> Steps
    {
        get
        {
            lock (_lock)
                return [.. _steps];
        }
    }

    /// <summary>Counts from now on.</summary>
    /// <param name="steps">After how many the power goes.</param>
    public void Begin(int steps = int.MaxValue)
    {
        lock (_lock)
        {
            _steps.Clear();
            _last = steps;
        }
    }

    /// <summary>The power goes now.</summary>
    public void Die()
    {
        lock (_lock)
        {
            if (_isDead)
                return;
            _isDead = true;
        }

        OnDead();
    }

    public override void Write(string name, string text) => Do($"write {name}", () => base.Write(name, text));

    public override void Rename(string from, string to) => Do($"rename {from}", () => base.Rename(from, to));

    public override void Delete(string name) => Do($"delete {name}", () => base.Delete(name));

    byte[]? IClientStateStore.Load() => _state.Load();

    void IClientStateStore.Save(ReadOnlyMemory<byte> state) => Do("write state.json", () => _state.Save(state));

    private void Do(string step, Action action)
    {
        lock (_lock)
        {
            if (!_isDead && _steps.Count < _last)
            {
                _steps.Add(step);
                action();
                return;
            }
        }

        Die();
        throw new IOException("The power is gone.");
    }
}
