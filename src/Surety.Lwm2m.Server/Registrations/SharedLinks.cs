namespace Surety.Lwm2m.Server;

/// <summary>An object list and the payload it was read from; one for all devices that registered the same.</summary>
internal sealed record SharedLinks(RegistrationLinks Links, byte[] Payload)
{
    public static SharedLinks Empty { get; } = new(RegistrationLinks.Empty, []);

    /// <summary>What Pelion's device client says in its list besides.</summary>
    public ReportedLinks Reported { get; } = ReportedLinks.Read(Links, Payload);
}
