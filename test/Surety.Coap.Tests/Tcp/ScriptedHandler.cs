using System.Text;

namespace Surety.Coap.Tests.Tcp;

/// <summary>
/// Answers by path: <c>/hello</c> with text, <c>/large</c> with <see cref="LargeLength"/> bytes, <c>/later</c> when the test completes it,
/// <c>/store</c> (PUT) with the length of the body, <c>/crash</c> by an exception.
/// </summary>
internal sealed class ScriptedHandler : ICoapHandler
{
    public int LargeLength { get; set; } = 10_000;

    public List<DeferredResponse> Deferred { get; } = [];

    public List<string> Requests { get; } = [];

    public List<string> Notifications { get; } = [];

    public List<ConnectionRelease> Releases { get; } = [];

    public byte[] Stored { get; private set; } = [];

    public int Closed { get; private set; }

    public int Commits { get; private set; }

    public bool AcceptsNotifications { get; set; }

    public Exception? CommitFailure { get; set; }

    public Exception? NotificationFailure { get; set; }

    public static byte[] Body(int length)
    {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++)
            body[i] = (byte)(i * 31 + (i >> 8));
        return body;
    }

    public void OnRequest(ref IncomingRequest request)
    {
        lock (Requests)
            Requests.Add(request.Method + " " + request.PathText);
        if (request.PathIs("hello"u8))
        {
            request.Respond(CoapCode.Content, ContentFormat.TextPlain, "hello"u8);
        }
        else if (request.PathIs("large"u8))
        {
            request.Respond(CoapCode.Content, ContentFormat.OctetStream, Body(LargeLength));
        }
        else if (request.PathIs("later"u8))
        {
            Deferred.Add(request.Defer());
        }
        else if (request.PathIs("store"u8))
        {
            Stored = request.Payload.ToArray();
            request.Respond(CoapCode.Changed, ContentFormat.TextPlain, Encoding.ASCII.GetBytes(Stored.Length.ToString()));
        }
        else if (request.PathIs("crash"u8))
        {
            throw new InvalidOperationException("a fault in the handler");
        }
        else
        {
            request.RespondError(CoapCode.NotFound, "no such resource"u8);
        }
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification)
    {
        if (NotificationFailure is not null)
            throw NotificationFailure;
        Notifications.Add(TcpSessionHarness.Describe(notification));
        return AcceptsNotifications;
    }

    public void OnPeerReleased(in CoapPeer peer, ConnectionRelease release) => Releases.Add(release);

    public void OnPeerClosed(in CoapPeer peer) => Closed++;

    public void Commit()
    {
        Commits++;
        if (CommitFailure is not null)
            throw CommitFailure;
    }
}
