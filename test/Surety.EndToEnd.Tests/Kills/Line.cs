using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Surety.EndToEnd.Tests.Kills;

/// <summary>
/// A device's datagrams to and from bootstrap server and server, counted; the line is dead from the datagram on that it is cut at.
/// </summary>
internal sealed class Line
{
    private readonly Lock _lock = new();
    private readonly int[] _counts = new int[2];
    private TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Cut? _at;
    private Action? _onCut;
    private bool _isDead;
    private long _lastHeard;

    /// <summary>Ends when the line is cut.</summary>
    public Task WhenCut
    {
        get
        {
            lock (_lock)
                return _cut.Task;
        }
    }

    /// <summary>How long the device has heard nothing.</summary>
    public TimeSpan Silence => TimeProvider.System.GetElapsedTime(Volatile.Read(ref _lastHeard));

    /// <summary>The ways that this device's sockets have taken, for <see cref="Wake"/>.</summary>
    public ConcurrentDictionary<(IPEndPoint Device, Socket Relay), bool> Ways { get; } = new();

    public (int ToServer, int ToDevice) Counts
    {
        get
        {
            lock (_lock)
                return (_counts[(int)End.Server], _counts[(int)End.Device]);
        }
    }

    /// <summary>Counts from now on, and cuts.</summary>
    /// <param name="at">Where; null: nowhere.</param>
    /// <param name="onCut">Called in that moment.</param>
    public void Begin(Cut? at, Action? onCut = null)
    {
        lock (_lock)
        {
            Array.Clear(_counts);
            _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _at = at;
            _onCut = onCut;
            _isDead = false;
        }
    }

    /// <summary>Cuts the line now.</summary>
    public void Kill()
    {
        lock (_lock)
        {
            if (_isDead)
                return;
            _isDead = true;
            _onCut?.Invoke();
            _cut.SetResult();
        }
    }

    /// <summary>Whether a datagram goes on.</summary>
    public bool Passes(End to)
    {
        lock (_lock)
        {
            if (_isDead)
                return false;
            _counts[(int)to]++;
            if (_at is { } at && at.To == to && at.Number == _counts[(int)to])
            {
                Kill();
                return false;
            }
        }

        if (to == End.Device)
            Volatile.Write(ref _lastHeard, TimeProvider.System.GetTimestamp());
        return true;
    }

    /// <summary>Sends the device what is no record of DTLS, which it drops: it looks at its clock then.</summary>
    public void Wake()
    {
        foreach ((IPEndPoint device, Socket relay) in Ways.Keys)
            relay.SendTo([0xFF], device);
    }
}
