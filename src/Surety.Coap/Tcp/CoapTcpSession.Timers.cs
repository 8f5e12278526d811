namespace Surety.Coap;

internal sealed partial class CoapTcpSession
{
    private long _startedAt;
    private long _lastReceived;
    private long _lastProgress;
    private long _partialSince = -1;
    private int _partialBytes;
    private long _pingSentAt = -1;
    private long _releaseDeadline;

    public override void OnTimeout(long now)
    {
        _now = now;
        if (State == CoapTcpSessionState.ExpectCsm && now >= CsmDeadline)
            AbortWith("no CSM came in time (RFC 8323, 3.3)");
        else if (now >= PartialDeadline)
            AbortWith("a message was begun and not finished in time");
        else if (now >= SendDeadline)
            End("the peer does not take what is sent to it");
        else if (now >= ReleaseDeadline)
            End("the peer did not close the released connection in time");
        else if (now >= PongDeadline)
            End("the peer did not answer a Ping");
        else if (now >= IdleDeadline)
            Release(new ConnectionRelease { Diagnostic = "nothing was received for a long time" }, now);
        else if (now >= PingDeadline)
            WritePing();
        Reschedule();
    }

    private long CsmDeadline => State == CoapTcpSessionState.ExpectCsm ? _startedAt + Milliseconds(_limits.CsmTimeout) : long.MaxValue;

    private long PartialDeadline => _partialSince < 0 ? long.MaxValue
        : _partialSince + Milliseconds(_limits.ReceiveTimeout) + (_partialBytes * 1000L / _limits.MinReceiveRate);

    private long SendDeadline => Output.Length == 0 ? long.MaxValue : _lastProgress + Milliseconds(_limits.SendTimeout);

    private long ReleaseDeadline => State is CoapTcpSessionState.Releasing or CoapTcpSessionState.Released ? _releaseDeadline : long.MaxValue;

    private long PongDeadline => _pingSentAt < 0 ? long.MaxValue : _pingSentAt + Milliseconds(_limits.PingTimeout);

    private long IdleDeadline => State == CoapTcpSessionState.Open && _limits.IdleTimeout is { } idle ? _lastReceived + Milliseconds(idle) : long.MaxValue;

    private long PingDeadline => State == CoapTcpSessionState.Open && _pingSentAt < 0 && _limits.PingInterval is { } interval ? _lastReceived + Milliseconds(interval) : long.MaxValue;

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    /// <summary>Part of a message is there.</summary>
    private void FollowPartial(int available, int wanted, bool isNew)
    {
        Wanted = wanted;
        if (available == 0)
            _partialSince = -1;
        else if (_partialSince < 0 || isNew)
            _partialSince = _now;
        _partialBytes = available;
    }

    /// <summary>Sees to it that the timer fires no later than the next deadline. It may fire earlier, and then looks again.</summary>
    private void Reschedule()
    {
        if (State == CoapTcpSessionState.Ended)
            return;
        long next = Math.Min(Math.Min(Math.Min(CsmDeadline, PartialDeadline), Math.Min(SendDeadline, ReleaseDeadline)), Math.Min(Math.Min(PongDeadline, IdleDeadline), PingDeadline));
        if (next != long.MaxValue && (!IsScheduled || next < Deadline))
            _engine.Timers.Schedule(this, next);
    }
}
