using System.Threading.Channels;

namespace Surety.Client;

/// <summary>Who waits for the values of a path. A null in <see cref="Reader"/> says that the device has registered anew: the platform has forgotten the subscription.</summary>
internal sealed class NotificationObserver : IDisposable
{
    private const int Capacity = 1024;

    private readonly string _device;
    private readonly string _path;
    private readonly Action<NotificationObserver> _end;
    private readonly Channel<NotificationData?> _values = Channel.CreateBounded<NotificationData?>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public NotificationObserver(string device, string path, Action<NotificationObserver> end)
    {
        _device = device;
        _path = path;
        _end = end;
    }

    public ChannelReader<NotificationData?> Reader => _values.Reader;

    public void Take(NotificationData value)
    {
        if (value.Device == _device && value.Path is { } path && path.StartsWith(_path, StringComparison.Ordinal) && (path.Length == _path.Length || path[_path.Length] == '/'))
            _values.Writer.TryWrite(value);
    }

    public void TakeRegistration(string? device)
    {
        if (device == _device)
            _values.Writer.TryWrite(null);
    }

    public void Fail(Exception problem) => _values.Writer.TryComplete(problem);

    public void Dispose()
    {
        _end(this);
        _values.Writer.TryComplete();
    }
}
