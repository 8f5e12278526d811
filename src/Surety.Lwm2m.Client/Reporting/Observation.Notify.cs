using System.Runtime.InteropServices;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

internal sealed partial class Observation
{
    private List<StoredNotification>? _stored;

    /// <summary>How many past states are kept with their times (hqmax); 0 keeps none.</summary>
    private uint HistoryLength => Paths.Max(path => AttributesFor(path).MaximumHistoricalQueue) ?? 0;

    /// <summary>The server is reachable again: what could not be sent goes now.</summary>
    public void Flush()
    {
        if (_stored is not { Count: > 0 } stored)
            return;
        _stored = null;
        if (HistoryLength > 0 && Lwm2mContent.HoldsTimes(Format))
        {
            // One notification tells the history (LwM2M Core 7.5.6).
            var entries = new List<ResourceEntry>();
            foreach (StoredNotification item in stored)
                entries.AddRange(item.Entries.Where(entry => !entry.Value.IsNone).Select(entry => new ResourceEntry(entry.Path, entry.Value, item.UnixSeconds)));
            Send(CollectionsMarshal.AsSpan(entries), confirmable: true, kept: null);
            return;
        }

        foreach (StoredNotification item in stored)
            Send(item.Entries, confirmable: true, kept: item);
    }

    private void Notify(long now)
    {
        if (!Session.CanNotify)
        {
            Keep(Capture(), atFront: false);
            return;
        }

        if (_inFlight > 0)
        {
            // RFC 7641, 4.5.2: one at a time, and then the newest.
            _hasNewer = true;
            return;
        }

        _hasNewer = false;
        using EntryList entries = EntryList.Rent();
        if (!TryRead(entries.Items))
        {
            // RFC 7641, 3.2: the resource is gone, and the observation with it.
            Session.Observations.Remove(this);
            _inFlight++;
            Session.Notify(this, CoapCode.NotFound, [], confirmable: true, kept: null);
            return;
        }

        bool confirmable = _triggers.Any(trigger => trigger.Confirmable == true)
            || (Session.ConfirmsByDefault && !_triggers.Any(trigger => trigger.Confirmable == false))
            || now - _lastConfirmable >= MaxNonConfirmableTime
            || (_unconfirmed >= MaxUnconfirmed && !Session.IsAuthenticated);
        Send(entries.Span, confirmable, HistoryLength > 0 ? new StoredNotification(Session.UnixSeconds, entries.Items.ToArray()) : null);
    }

    private bool TryRead(List<ResourceEntry> into)
    {
        if (!IsComposite)
            return Session.Management.TryRead(Paths[0], into);
        Session.Management.ReadComposite(Paths, into);
        return true;
    }

    private void Send(ReadOnlySpan<ResourceEntry> entries, bool confirmable, StoredNotification? kept)
    {
        if (!Session.Management.TryEncode(Session, Lwm2mContent.Canonical(Format), ContentPath, entries, out ReadOnlyMemory<byte> payload))
        {
            Session.LogCannotEncode(ContentPath, Format);
            return;
        }

        if (confirmable)
            _lastConfirmable = Session.Now;
        _unconfirmed = confirmable ? 0 : _unconfirmed + 1;
        _inFlight++;
        _latest = Session.Notify(this, CoapCode.Content, payload.ToArray(), confirmable, kept);
    }

    private StoredNotification Capture()
    {
        using EntryList entries = EntryList.Rent();
        TryRead(entries.Items);
        return new StoredNotification(Session.UnixSeconds, entries.Items.ToArray());
    }

    private void Keep(StoredNotification notification, bool atFront)
    {
        if (!Session.StoresNotifications)
            return;
        _stored ??= [];
        if (atFront)
            _stored.Insert(0, notification);
        else
            _stored.Add(notification);
        int capacity = HistoryLength is uint length and > 0 ? (int)Math.Min(length, (uint)Session.MaxHistory) : Session.MaxStoredNotifications;
        if (_stored.Count > capacity)
            _stored.RemoveRange(0, _stored.Count - capacity);
    }
}
