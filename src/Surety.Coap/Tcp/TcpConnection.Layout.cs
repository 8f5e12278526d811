namespace Surety.Coap;

internal sealed partial class TcpConnection
{
    // The layout of the peer's messages is not known yet.
    private TlsRecordStream? _undecided;

    /// <summary>Begins the session; with a reason to refuse the peer, ends it at once and says why.</summary>
    public void Start(string? refusal, long now)
    {
        if (refusal is not null || _undecided is null)
            StartSession(refusal, now);
        else
            _endpoint.ScheduleFirstMessage(this, now);
        _isReading = true;
        _ = ReceiveAsync();
    }

    /// <summary>The time for a first message is over, or that to see the last bytes off.</summary>
    public override void OnTimeout(long now)
    {
        if (_undecided is null || Session.HasEnded)
            Close();
        else
            StartSession("no CSM came in time (RFC 8323, 3.3)", now);
    }

    /// <summary>Begins the session in the layout of RFC 8323; with a reason to refuse the peer, ends it at once and says why.</summary>
    private void StartSession(string? refusal, long now)
    {
        if (_undecided is not null)
            _undecided.PassesThrough = true;
        _undecided = null;
        Session.Start(now);
        if (refusal is not null)
            Session.Abort(refusal, now);
    }

    /// <summary>The first message tells which layout the peer's messages have. Until then we are silent, as RFC 8323, 3.3 allows the acceptor.</summary>
    private void Decide(long now)
    {
        if (_undecided is null || Session.HasEnded)
            return;
        _endpoint.CancelTimer(this);
        if (!RecordLayout.Matches(_input.Bytes))
        {
            StartSession(null, now);
            return;
        }

        _undecided = null;
        Session = _endpoint.OpenRecords(this, now);
        Session.Start(now);
    }
}
