namespace Surety.Lwm2m.Client;

public sealed partial class ServerSession
{
    // Notifications that went out after the state was saved have used numbers that were not saved; a gap is no harm (RFC 7641, 4.4).
    private const uint SequenceGap = 1 << 16;

    internal ServerState Save() => new()
    {
        ShortServerId = Server.ShortServerId,
        Uri = Uri.ToString(),
        Version = Version,
        Location = Location,
        ExpiresAt = _expiresAt == long.MaxValue ? null : UnixSeconds + ((_expiresAt - Now) / 1000.0),
        Lifetime = _registeredLifetime,
        Binding = _registeredBinding,
        Links = _registeredLinks,
        IsProfileRefused = _isProfileRefused,
        Attributes = [.. Attributes.All],
        Observations = [.. Observations.All.Select(o => new ObservationState(o.Token, o.Paths, o.IsComposite, o.Format, o.Parameters, o.Sequence))],
    };

    /// <summary>Takes up what was saved: an Update will tell whether the server still has the registration.</summary>
    internal void Restore(ServerState saved)
    {
        foreach ((Lwm2mPath path, NotificationAttributes attributes) in saved.Attributes)
            Attributes.Set(path, attributes);
        _isProfileRefused = saved.IsProfileRefused;
        if (saved.Version > _client.Options.Version || saved.Version < _client.Options.LowestVersion)
            return;
        Version = saved.Version;
        if (saved.Location is null || saved.ExpiresAt < UnixSeconds)
            return;
        Location = saved.Location;
        _expiresAt = saved.ExpiresAt is { } expiresAt ? Now + (long)Math.Min((expiresAt - UnixSeconds) * 1000, uint.MaxValue * 1000.0) : long.MaxValue;
        _registeredLifetime = saved.Lifetime;
        _registeredBinding = saved.Binding;
        _registeredLinks = saved.Links;
        foreach (ObservationState observation in saved.Observations)
        {
            Observations.Add(new Observation(
                this, observation.Token, observation.Paths, observation.IsComposite, observation.Format, observation.Parameters,
                (observation.Sequence + SequenceGap) & 0xFF_FFFF));
        }
    }
}
