namespace Surety.Lwm2m.Client;

/// <summary>Keeps what a client must know after a restart.</summary>
public interface IClientStateStore
{
    /// <summary>What was saved last; null when there is nothing, or nothing usable.</summary>
    byte[]? Load();

    /// <summary>Replaces what was saved: afterwards the new state is there, or still the old one, never a mixture. Called by one thread at a time, not under the client's lock.</summary>
    void Save(ReadOnlyMemory<byte> state);
}
