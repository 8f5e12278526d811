using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>A server's observation of one path, or of several with one token (LwM2M Core 6.4). Everything is under the client's lock.</summary>
internal sealed partial class Observation
{
    // RFC 7641, 4.5: a Confirmable notification at least every 24 hours proves that the server is still there.
    private const long MaxNonConfirmableTime = 24 * 3600 * 1000L;

    // A Reset may come for any of the last few Non-confirmable notifications.
    private const int KeptMessageIds = 8;

    // RFC 7641, 7: to a server that has proven no identity, Confirmable ones must stand between the others, or its address may be a victim's.
    private const int MaxUnconfirmed = 10;

    private const long LeastCheckPeriod = 1000;

    private readonly NotificationTrigger[] _triggers;
    private ushort[]? _messageIds;
    private int _messageIdCount;
    private long _lastConfirmable;
    private NotificationMessage? _latest;
    private int _inFlight;
    private int _unconfirmed;
    private bool _hasNewer;

    public Observation(ServerSession session, CoapToken token, IReadOnlyList<Lwm2mPath> paths, bool isComposite, ContentFormat format, NotificationAttributes parameters, uint sequence)
    {
        Session = session;
        Token = token;
        Paths = paths;
        IsComposite = isComposite;
        Format = format;
        Parameters = parameters;
        Sequence = sequence;
        _lastConfirmable = session.Now;
        _triggers = new NotificationTrigger[paths.Count];
        StartTriggers(session.Now);
    }

    public ServerSession Session { get; }

    public CoapToken Token { get; }

    public IReadOnlyList<Lwm2mPath> Paths { get; }

    public bool IsComposite { get; }

    public ContentFormat Format { get; }

    /// <summary>The attributes that came with the Observe.</summary>
    public NotificationAttributes Parameters { get; }

    /// <summary>The last Observe value used.</summary>
    public uint Sequence { get; private set; }

    /// <summary>When <see cref="Check"/> is to be called; milliseconds.</summary>
    public long NextCheck { get; private set; }

    /// <summary>The path that contents are read and written for.</summary>
    private Lwm2mPath ContentPath => IsComposite ? Lwm2mPath.Root : Paths[0];

    public uint NextSequence()
    {
        Sequence = (Sequence + 1) & 0xFF_FFFF;
        return Sequence;
    }

    /// <summary>Values, Objects or instances have changed.</summary>
    public void OnChanged(ReadOnlySpan<Lwm2mPath> changes, long now)
    {
        bool isConcerned = false;
        foreach (Lwm2mPath path in Paths)
            isConcerned |= Concerns(path, changes);
        // The others have their time to look again already.
        if (!isConcerned)
            return;
        bool isDue = false;
        for (int i = 0; i < _triggers.Length; i++)
            isDue |= Take(i, Concerns(Paths[i], changes) ? Tell(i, now) : _triggers[i].Check(now), now);
        Finish(isDue, now);
    }

    /// <summary>Does what is due by now.</summary>
    public void Check(long now)
    {
        bool isDue = false;
        for (int i = 0; i < _triggers.Length; i++)
            isDue |= Take(i, _triggers[i].Check(now), now);
        Finish(isDue, now);
    }

    /// <summary>Attributes have changed, or the defaults.</summary>
    public void RefreshAttributes(long now)
    {
        bool isDue = false;
        for (int i = 0; i < _triggers.Length; i++)
            isDue |= Take(i, _triggers[i].SetAttributes(AttributesFor(Paths[i]), now), now);
        Finish(isDue, now);
    }

    public bool HasSent(ushort messageId) => _messageIds.AsSpan(0, Math.Min(_messageIdCount, KeptMessageIds)).Contains(messageId);

    /// <summary>The observation has ended: what is still on its way is not sent again.</summary>
    public void End()
    {
        if (_latest is { } message && _inFlight > 0 && Session.Peer is { } peer)
            peer.Endpoint.Cancel(message);
        _stored = null;
    }

    /// <summary>From the endpoint: a notification left.</summary>
    public void OnSent(ushort messageId)
    {
        using Lock.Scope scope = Session.Gate.EnterScope();
        (_messageIds ??= new ushort[KeptMessageIds])[_messageIdCount++ % KeptMessageIds] = messageId;
    }

    /// <summary>From the endpoint: a notification arrived, or left without wanting to be confirmed.</summary>
    public void OnDelivered()
    {
        using Lock.Scope scope = Session.Gate.EnterScope();
        _inFlight--;
        Session.Touch();
        if (_inFlight == 0 && _hasNewer)
            Notify(Session.Now);
    }

    /// <summary>From the endpoint: a notification was refused or got lost.</summary>
    public void OnFailed(NotificationMessage message, ExchangeFailure failure)
    {
        using Lock.Scope scope = Session.Gate.EnterScope();
        _inFlight--;
        if (failure == ExchangeFailure.Reset)
        {
            Session.Observations.Remove(this);
        }
        else if (failure is ExchangeFailure.Timeout or ExchangeFailure.Unreachable)
        {
            Keep(message.Kept ?? Capture(), atFront: message.Kept is not null);
            Session.OnConnectionLost($"a notification did not arrive ({failure})");
        }
    }

    private static bool Concerns(Lwm2mPath path, ReadOnlySpan<Lwm2mPath> changes)
    {
        foreach (Lwm2mPath change in changes)
        {
            if (change.StartsWith(path) || path.StartsWith(change))
                return true;
        }

        return false;
    }

    private NotificationDecision Tell(int index, long now) => Session.Management.IsSingleValue(Paths[index])
        ? _triggers[index].Sample(Session.Management.ReadValue(Paths[index]), now)
        : _triggers[index].Change(now);

    private bool Take(int index, NotificationDecision decision, long now)
    {
        bool isDue = decision.IsDue;
        if (decision.NeedsSample && Session.Management.IsSingleValue(Paths[index]))
            isDue |= _triggers[index].Sample(Session.Management.ReadValue(Paths[index]), now).IsDue;
        return isDue;
    }

    private void Finish(bool isDue, long now)
    {
        if (isDue)
        {
            // One notification tells all paths, and so restarts the times of all.
            if (_triggers.Length > 1)
                StartTriggers(now);
            Notify(now);
        }

        SetNextCheck(now);
    }

    private void SetNextCheck(long now)
    {
        NextCheck = long.MaxValue;
        foreach (NotificationTrigger trigger in _triggers)
            NextCheck = Math.Min(NextCheck, trigger.Check(now).NextCheck ?? long.MaxValue);
        // Periods of zero seconds must not keep the clock busy.
        if (NextCheck <= now)
            NextCheck = now + LeastCheckPeriod;
        Session.ScheduleAt(NextCheck);
    }

    private void StartTriggers(long now)
    {
        for (int i = 0; i < _triggers.Length; i++)
        {
            ResourceValue value = Session.Management.IsSingleValue(Paths[i]) ? Session.Management.ReadValue(Paths[i]) : ResourceValue.None;
            _triggers[i] = new NotificationTrigger(AttributesFor(Paths[i]), value, now);
        }

        SetNextCheck(now);
    }

    private NotificationAttributes AttributesFor(Lwm2mPath path)
    {
        NotificationAttributes attached = Session.Attributes.Effective(path);
        if (IsComposite && !Parameters.IsEmpty)
        {
            // LwM2M Core 6.4.4: then attributes of the object level count no more, wherever they are attached.
            attached = attached with
            {
                MinimumPeriod = null, MaximumPeriod = null, MinimumEvaluationPeriod = null, MaximumEvaluationPeriod = null, Confirmable = null,
            };
        }
        else if (IsComposite)
        {
            attached = attached with { MinimumPeriod = LongestMinimum(), MaximumPeriod = ShortestMaximum() };
        }

        return Parameters.Over(attached).Over(Session.DefaultAttributes);
    }

    /// <summary>One notification for several paths: no path is notified sooner than its pmin wants, nor later than its pmax.</summary>
    private uint? LongestMinimum() => Paths.Max(path => Session.Attributes.Effective(path).MinimumPeriod);

    private uint? ShortestMaximum() => Paths.Min(path => Session.Attributes.Effective(path).MaximumPeriod is uint period and > 0 ? period : (uint?)null);
}
