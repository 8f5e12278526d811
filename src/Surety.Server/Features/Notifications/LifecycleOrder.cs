namespace Surety.Server.Features.Notifications;

/// <summary>
/// An envelope has no order between its members, and clients take registrations before de-registrations. So what a device does after its
/// registration has ended belongs in the next envelope.
/// </summary>
internal struct LifecycleOrder
{
    private HashSet<EntityId>? _gone;

    /// <summary>False when the event would overtake one that is in the envelope already.</summary>
    public bool TryAdd(in ChannelRecord channelEvent)
    {
        switch (channelEvent.Kind)
        {
            case ChannelEventKind.Deregistration or ChannelEventKind.RegistrationExpired:
                (_gone ??= []).Add(channelEvent.Device);
                return true;
            case ChannelEventKind.Registration or ChannelEventKind.RegistrationUpdate:
                return _gone?.Contains(channelEvent.Device) != true;
            default:
                return true;
        }
    }
}
