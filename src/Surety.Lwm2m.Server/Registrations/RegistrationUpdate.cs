namespace Surety.Lwm2m.Server;

/// <summary>What an Update says (LwM2M Core 6.2.2): what it does not name stays as it is.</summary>
internal readonly record struct RegistrationUpdate(RegistrationParameters Parameters, SharedLinks? Links, uint Lifetime, long Now)
{
    public RegistrationChanges ChangesTo(Registration registration)
    {
        var changes = RegistrationChanges.None;
        if (Lifetime != registration.Lifetime)
            changes |= RegistrationChanges.Lifetime;
        if ((Parameters.Bindings is { } bindings && bindings != registration.Bindings) || QueueModeOf(registration) != registration.QueueMode)
            changes |= RegistrationChanges.Binding;
        if (Links is not null && !Links.Payload.AsSpan().SequenceEqual(registration.Shared.Payload))
            changes |= RegistrationChanges.Links;
        if (Parameters.SmsNumber is { } number && number != registration.SmsNumber)
            changes |= RegistrationChanges.SmsNumber;
        return changes;
    }

    public void ApplyTo(Registration registration)
    {
        registration.QueueMode = QueueModeOf(registration);
        registration.Bindings = Parameters.Bindings ?? registration.Bindings;
        registration.Lifetime = Lifetime;
        registration.SmsNumber = Parameters.SmsNumber ?? registration.SmsNumber;
        if (Links is not null)
            registration.Shared = Links;
        registration.Refresh(Now);
    }

    /// <summary>In LwM2M 1.0 queue mode is part of the binding, and goes with it; from 1.1 on the flag may only be set at registration or be repeated.</summary>
    private bool QueueModeOf(Registration registration) =>
        Parameters.QueueMode || (registration.QueueMode && !(registration.Version == Lwm2mVersion.V10 && Parameters.Bindings is not null));
}
