namespace Surety.Lwm2m.Client.Tests;

internal sealed class MemoryStore : IClientStateStore
{
    public byte[]? State { get; set; }

    public int Saves { get; private set; }

    public string Text => System.Text.Encoding.UTF8.GetString(State ?? []);

    public byte[]? Load() => State;

    public void Save(ReadOnlyMemory<byte> state)
    {
        Saves++;
        State = state.ToArray();
    }
}
