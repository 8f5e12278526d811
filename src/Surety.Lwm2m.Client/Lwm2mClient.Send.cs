using System.Buffers;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

public sealed partial class Lwm2mClient
{
    /// <summary>Sends the present values at some paths to a server, unasked (LwM2M Core 6.4.6).</summary>
    /// <param name="paths">Objects, instances, Resources or Resource Instances.</param>
    /// <param name="options">How.</param>
    /// <param name="shortServerId">The server; null: the first.</param>
    /// <param name="cancellationToken">Waits no longer for the answer.</param>
    public Task<SendResult> SendAsync(IReadOnlyList<Lwm2mPath> paths, SendOptions? options = null, ushort? shortServerId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var entries = new List<ResourceEntry>();
        using (Objects.Gate.EnterScope())
            Management.ReadComposite(paths, entries);
        if (options is { WithTimestamps: true } && Lwm2mContent.HoldsTimes(options.Format))
        {
            double now = UnixSeconds;
            for (int i = 0; i < entries.Count; i++)
                entries[i] = new ResourceEntry(entries[i].Path, entries[i].Value, now);
        }

        return SendAsync(entries, options, shortServerId, cancellationToken);
    }

    /// <summary>Sends values to a server, unasked: those of other times, for instance (LwM2M Core 6.4.6).</summary>
    /// <param name="entries">The values, of Objects that are there; their times when the format can tell them.</param>
    /// <param name="options">How.</param>
    /// <param name="shortServerId">The server; null: the first.</param>
    /// <param name="cancellationToken">Waits no longer for the answer.</param>
    public Task<SendResult> SendAsync(IReadOnlyList<ResourceEntry> entries, SendOptions? options = null, ushort? shortServerId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        options ??= SendOptions.Default;
        ServerSession[] sessions = _sessions;
        ServerSession? session = shortServerId is { } id
            ? Array.Find(sessions, s => s.Server.ShortServerId == id) ?? throw new ArgumentException($"There is no server {id}", nameof(shortServerId))
            : sessions.FirstOrDefault();
        using Lock.Scope scope = Objects.Gate.EnterScope();
        if (session is not { State: RegistrationState.Registered, Peer: { } peer } || session.Version == Lwm2mVersion.V10)
            return Task.FromResult(new SendResult(SendStatus.NotRegistered));
        if (session.Server.MutesSend)
            return Task.FromResult(new SendResult(SendStatus.Muted));
        var buffer = new ArrayBufferWriter<byte>();
        var context = new ContentContext(Objects.Models, _time.GetUtcNow(), null, session.Version) { AlternatePath = Options.AlternatePath };
        string? reason = "there is nothing readable";
        if (entries.Count == 0 || !Lwm2mContent.TryEncode(options.Format, Lwm2mPath.Root, [.. entries], context, buffer, out reason))
            return Task.FromResult(new SendResult(SendStatus.NothingToSend, default, reason));
        var request = new CoapRequest(CoapCode.Post, PathAt(session.Uri, "dp"))
        {
            ContentFormat = options.Format,
            Payload = buffer.WrittenMemory,
            Confirmable = options.Confirmable,
        };
        var done = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        ClientExchange? exchange = null;
        exchange = new ClientExchange(
            session, peer, request,
            response =>
            {
                if (response.Code.IsSuccess)
                    Statistics.CountSend();
                done.TrySetResult(response.Code.IsSuccess
                    ? new SendResult(SendStatus.Delivered, response.Code)
                    : new SendResult(SendStatus.Rejected, response.Code, response.Text));
            },
            failure =>
            {
                done.TrySetResult(new SendResult(SendStatus.Unreachable, default, failure));
                // Whoever did not acknowledge is not there; one that never wanted to answer may be.
                if (options.Confirmable && exchange!.Failure is ExchangeFailure.Timeout or ExchangeFailure.Unreachable)
                    session.OnConnectionLost($"a Send did not arrive ({failure})");
            })
        {
            IsConfirmable = options.Confirmable,
        };
        session.Touch();
        exchange.Send();
        return cancellationToken.CanBeCanceled ? done.Task.WaitAsync(cancellationToken) : done.Task;
    }
}
