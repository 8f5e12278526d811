namespace Surety.Lwm2m;

/// <summary>
/// Decides when an observation is notified (Core TS 1.2.2, 6.4.2 and Table 7.3.2-1; draft-ietf-core-conditional-attributes, 3). Holds the last value
/// and the timers of one observation; knows no clock and sends nothing.
/// </summary>
/// <remarks>
/// Times are milliseconds of a monotonic clock. The conditions: without gt, lt, st and edge every change counts; with them, each that is met
/// suffices. gt and lt are met when the value is on another side of the threshold than the last value sent. A change that happens within pmin waits for its
/// end, and goes with the value of that moment; a value that is back where it was by then is no change.
/// </remarks>
public sealed class NotificationTrigger
{
    private NotificationAttributes _attributes;
    private ResourceValue _sent;
    private ResourceValue _current;
    private ResourceValue _evaluated;
    private long _sentAt;
    private long _evaluatedAt;
    private bool _isPending;
    private bool _isUnevaluated;

    /// <summary>Starts an observation whose initial response goes out now.</summary>
    /// <param name="attributes">The attributes in force: those of the observed level and above, over the defaults of the server's account.</param>
    /// <param name="value">The value sent; <see cref="ResourceValue.None"/> for an Object or Object Instance.</param>
    /// <param name="now">Now, in milliseconds.</param>
    public NotificationTrigger(NotificationAttributes attributes, ResourceValue value, long now)
    {
        _attributes = attributes;
        _sent = value;
        _current = value;
        _evaluated = value;
        _sentAt = now;
        _evaluatedAt = now;
    }

    /// <summary>Whether notifications are to be confirmable; null leaves it to the server's account.</summary>
    public bool? Confirmable => _attributes.Confirmable;

    /// <summary>Puts other attributes in force; the timers run on from the last notification.</summary>
    public NotificationDecision SetAttributes(NotificationAttributes attributes, long now)
    {
        _attributes = attributes;
        return Check(now);
    }

    /// <summary>Tells a new value of an observed Resource or Resource Instance.</summary>
    public NotificationDecision Sample(ResourceValue value, long now)
    {
        _current = value;
        _isUnevaluated = true;
        return Check(now);
    }

    /// <summary>Tells that something changed in an observed Object, Object Instance or Resource with instances.</summary>
    public NotificationDecision Change(long now)
    {
        _evaluatedAt = now;
        _isPending = true;
        return Decide(now);
    }

    /// <summary>Asks what is due, at the time of <see cref="NotificationDecision.NextCheck"/> or at any other.</summary>
    public NotificationDecision Check(long now)
    {
        if (_isUnevaluated && now - _evaluatedAt >= Milliseconds(_attributes.MinimumEvaluationPeriod.GetValueOrDefault())) Evaluate(now);
        return Decide(now);
    }

    private void Evaluate(long now)
    {
        _isPending = IsMet();
        _evaluated = _current;
        _evaluatedAt = now;
        _isUnevaluated = false;
    }

    private NotificationDecision Decide(long now)
    {
        uint least = _attributes.MinimumPeriod.GetValueOrDefault();

        // 0 and a pmax below pmin are ignored.
        uint? most = _attributes.MaximumPeriod is uint period and > 0 && period >= least ? period : null;
        bool isDue = (_isPending && now - _sentAt >= Milliseconds(least)) || (most is uint limit && now - _sentAt >= Milliseconds(limit));
        if (isDue)
        {
            _sent = _current;
            _sentAt = now;
            _isPending = false;
        }

        bool needsSample = _attributes.MaximumEvaluationPeriod is uint epmax && now - _evaluatedAt >= Milliseconds(epmax);
        if (needsSample) _evaluatedAt = now;

        long? next = null;
        if (_isPending) next = _sentAt + Milliseconds(least);
        if (most is uint maximum) next = Earlier(next, _sentAt + Milliseconds(maximum));
        if (_isUnevaluated) next = Earlier(next, _evaluatedAt + Milliseconds(_attributes.MinimumEvaluationPeriod.GetValueOrDefault()));
        if (_attributes.MaximumEvaluationPeriod is uint evaluation) next = Earlier(next, _evaluatedAt + Milliseconds(evaluation));
        return new NotificationDecision(isDue, needsSample, next);
    }

    private bool IsMet()
    {
        if (_current.Type == ResourceType.Boolean && _attributes.Edge is bool edge) return IsEdge(edge);
        if (!_current.TryGetNumber(out double value) || !_sent.TryGetNumber(out double sent)) return _current != _sent;
        bool hasConditions = _attributes.GreaterThan is not null || _attributes.LessThan is not null || _attributes.Step is not null;
        if (!hasConditions || double.IsNaN(value) || double.IsNaN(sent)) return _current != _sent;
        return (_attributes.GreaterThan is double upper && value > upper != sent > upper)
            || (_attributes.LessThan is double lower && value < lower != sent < lower)
            || (_attributes.Step is double step && Math.Abs(value - sent) >= step);
    }

    // An edge that waits for the end of pmin is forgotten when the value falls back: a notification tells the value that edge stands for.
    private bool IsEdge(bool edge) => _current.AsBoolean() == edge
        && (_isPending || (_evaluated.Type == ResourceType.Boolean && _evaluated.AsBoolean() != edge));

    private static long Milliseconds(uint seconds) => seconds * 1000L;

    private static long? Earlier(long? left, long right) => left < right ? left : right;
}
