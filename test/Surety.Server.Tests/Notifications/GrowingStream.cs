using System.Text;

namespace Surety.Server.Tests.Notifications;

/// <summary>Keeps what is written, to be looked at meanwhile.</summary>
internal sealed class GrowingStream : MemoryStream
{
    private readonly Lock _lock = new();

    public string Text
    {
        get
        {
            lock (_lock)
                return Encoding.UTF8.GetString(ToArray());
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_lock)
            base.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }
}
