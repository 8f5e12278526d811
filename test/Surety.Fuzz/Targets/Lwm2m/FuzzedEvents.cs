using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>Counts what devices do, and checks that what a server tells makes sense.</summary>
internal sealed class FuzzedEvents : IDeviceEvents
{
    private readonly HashSet<Registration> _active = [];

    /// <summary>By kind of event.</summary>
    public int[] Counts { get; } = new int[8];

    public List<string> Faults { get; } = [];

    public List<Observation> Observations { get; } = [];

    public bool FailsToCommit { get; set; }

    public void OnRegistered(Registration registration, Registration? replaced)
    {
        Counts[0]++;
        Check(replaced is null || _active.Remove(replaced), "a registration was replaced that was not there");
        Check(_active.Add(registration), "a registration was made twice");
    }

    public void OnUpdated(Registration registration, RegistrationChanges changes)
    {
        Counts[1]++;
        Check(_active.Contains(registration), "a registration was updated that was not there");
    }

    public void OnRemoved(Registration registration, RemovalReason reason)
    {
        Counts[2]++;
        Check(_active.Remove(registration), "a registration has ended that was not there");
    }

    public void OnNotification(Observation observation, in CoapMessage notification)
    {
        Counts[3]++;
        Check(notification.Token.Length == 8, "a notification without the observation's token");
    }

    public void OnObservationEnded(Observation observation)
    {
        Counts[4]++;
        Observations.Remove(observation);
    }

    public void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries)
    {
        Counts[5]++;
        Check(entries.Count > 0, "a Send without values");
        foreach (ResourceEntry entry in entries)
            _ = entry.ToString();
    }

    public void OnAwake(Registration registration) => Counts[6]++;

    public void Commit()
    {
        Counts[7]++;
        if (FailsToCommit)
            throw new IOException("not durable");
    }

    private void Check(bool isRight, string fault)
    {
        if (!isRight)
            Faults.Add(fault);
    }
}
