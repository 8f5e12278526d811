using System.Text;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests;

/// <summary>Does as the test says with requests, and remembers everything.</summary>
internal sealed class RecordingHandler : ICoapHandler, IActsAtOnce
{
    /// <summary>Answers requests; by default 2.05 with "ok".</summary>
    public CoapRequestDelegate Answer { get; set; } = (ref request) => request.Respond(CoapCode.Content).Payload("ok"u8);

    /// <summary>Makes a receiver for the bodies of block-wise requests; by default they are collected.</summary>
    public Func<BodyReceiver?> Open { get; set; } = () => null;

    public List<ReceivedRequest> Requests { get; } = [];

    public List<DeferredResponse> Deferred { get; } = [];

    public List<CoapResponse> Notifications { get; } = [];

    public List<ushort> Resets { get; } = [];

    public bool AcceptsNotifications { get; set; }

    public bool? Condition { get; set; }

    public Action? Committing { get; set; }

    public int Commits { get; private set; }

    public static RecordingHandler Responding(CoapCode code, string text = "") =>
        new() { Answer = (ref request) => request.Respond(code).Payload(Encoding.UTF8.GetBytes(text)) };

    /// <summary>A handler that defers every answer; the test completes them.</summary>
    public static RecordingHandler Deferring()
    {
        var handler = new RecordingHandler();
        handler.Answer = (ref request) => handler.Deferred.Add(request.Defer());
        return handler;
    }

    public void OnRequest(ref IncomingRequest request)
    {
        Requests.Add(new ReceivedRequest(request));
        Answer(ref request);
    }

    public BodyReceiver? OpenBody(ref IncomingRequest request) => Open();

    public bool? IsConditionMet(in IncomingRequest request) => Condition;

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification)
    {
        Notifications.Add(CoapResponse.Read(notification));
        return AcceptsNotifications;
    }

    public void OnReset(in CoapPeer peer, ushort messageId) => Resets.Add(messageId);

    public void Commit()
    {
        Commits++;
        Committing?.Invoke();
    }
}
