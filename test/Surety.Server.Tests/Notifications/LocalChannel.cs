using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Server.Features.Notifications;
using Surety.Testing;

namespace Surety.Server.Tests.Notifications;

/// <summary>A channel without a server, in a directory of its own and with a clock that stands still.</summary>
internal sealed class LocalChannel : IDisposable
{
    private static readonly EntityId Device = new(3, 4);
    private readonly string _directory = Directory.CreateTempSubdirectory("surety-channel").FullName;

    public LocalChannel(ChannelSettings settings) => Live = new LiveChannel(new EntityId(5, 6), new EntityId(1, 2), Path.Combine(_directory, "queue"), settings, isHeld: true, Time);

    public ManualTime Time { get; } = new();

    public LiveChannel Live { get; }

    /// <summary>Adds values, numbered from <paramref name="first"/>.</summary>
    public void Add(int count, int first = 0, int length = 0)
    {
        for (var i = first; i < first + count; i++)
        {
            var value = Encoding.ASCII.GetBytes(FormattableString.Invariant($"{i}").PadRight(length));
            Live.Queue.Append(ChannelEvent.Notification(Device, "device", Lwm2mPath.Parse("/3303/0/5700"), ContentFormat.TextPlain, value, 0)
                .ToRecord(Time.GetUtcNow().ToUnixTimeMilliseconds()));
        }

        Live.Queue.Flush();
        Live.Signal.Set();
    }

    public void Dispose()
    {
        Live.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
