using System.Buffers;
using System.Globalization;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>Performs operations on the device of a session (Transport TS 1.2.2, 6.4.2), in the formats that it takes.</summary>
internal sealed class BootstrapDialogue(BootstrapSession session, BootstrapServerOptions options, TimeProvider time)
{
    private readonly List<string> _remarks = [];

    // What the device has taken before, and what it has refused.
    private readonly List<ContentFormat> _refused = [];
    private ContentFormat? _taken;

    private BootstrapProgress Progress => session.Progress;

    /// <exception cref="CoapExchangeException">The device did not answer.</exception>
    public async Task<BootstrapAnswer> PerformAsync(BootstrapOperation operation, CancellationToken cancellationToken)
    {
        _remarks.Clear();
        if (FindHarm(operation) is { } harm)
        {
            return new BootstrapAnswer(operation, CoapCode.MethodNotAllowed) { Payload = System.Text.Encoding.UTF8.GetBytes(harm), Remarks = [harm] };
        }

        switch (operation)
        {
            case BootstrapOperation.Discover discover:
                return await DiscoverAsync(discover, cancellationToken).ConfigureAwait(false);
            case BootstrapOperation.Read read:
                return await ReadAsync(read, cancellationToken).ConfigureAwait(false);
            case BootstrapOperation.Write write:
                return Answer(write, await WriteAsync(write.Path, [.. write.Entries], write.Format, cancellationToken).ConfigureAwait(false));
            case BootstrapOperation.Delete delete:
                return Answer(delete, await SendAsync(new CoapRequest(CoapCode.Delete), delete.Path, cancellationToken).ConfigureAwait(false));
            default:
                return await FinishAsync((BootstrapOperation.Finish)operation, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Values in a format; null when it cannot hold them.</summary>
    public static ReadOnlyMemory<byte>? Encode(ContentFormat format, Lwm2mPath path, IReadOnlyList<ResourceEntry> entries, DateTimeOffset now, out string? reason)
    {
        var buffer = new ArrayBufferWriter<byte>();
        return Lwm2mContent.TryEncode(format, path, [.. entries], new ContentContext(null, now), buffer, out reason) ? buffer.WrittenMemory : null;
    }

    /// <summary>The bootstrap account is what a device finds its way back with: it is never deleted, nor made a server account.</summary>
    private string? FindHarm(BootstrapOperation operation)
    {
        switch (operation)
        {
            case BootstrapOperation.Delete { Path: { IsInstance: true } path } when Progress.BootstrapServerAccount.Contains(path):
                return $"not sent: {path} is of the bootstrap account, which is never deleted";
            case BootstrapOperation.Write write:
                foreach (ResourceEntry entry in write.Entries)
                {
                    if (entry.Path is { ObjectId: CoreObjects.Security, ResourceId: 1 } && entry.Value == ResourceValue.FromBoolean(false)
                        && Progress.BootstrapServerAccount.Contains(entry.Path.Truncate(2)))
                        return $"not sent: {entry.Path.Truncate(2)} is the bootstrap account, which is not overwritten by a server's";
                }

                return null;
            default:
                return null;
        }
    }

    private async Task<BootstrapAnswer> DiscoverAsync(BootstrapOperation.Discover discover, CancellationToken cancellationToken)
    {
        var request = new CoapRequest(CoapCode.Get) { Accept = ContentFormat.LinkFormat, PreferredBlockSize = session.Plan.BlockSize, MaxResponseBody = options.MaxAnswer };
        CoapResponse response = await SendAsync(request, discover.Path, cancellationToken).ConfigureAwait(false);
        BootstrapAnswer answer = Answer(discover, response);
        if (!response.Code.IsSuccess)
            return answer;
        return DiscoverResult.TryParse(response.Payload.Span, "", out DiscoverResult? found, out string? reason)
            ? answer with { Discovered = found }
            : answer with { Remarks = [$"the device's list of instances cannot be read: {reason}"] };
    }

    private async Task<BootstrapAnswer> ReadAsync(BootstrapOperation.Read read, CancellationToken cancellationToken)
    {
        CoapResponse? response = null;
        foreach (ContentFormat format in BootstrapFormats.Of(Progress, _taken, _refused))
        {
            var request = new CoapRequest(CoapCode.Get) { Accept = format, PreferredBlockSize = session.Plan.BlockSize, MaxResponseBody = options.MaxAnswer };
            response = await SendAsync(request, read.Path, cancellationToken).ConfigureAwait(false);
            if (response.Code != CoapCode.NotAcceptable)
                break;
            Refuse(format);
        }

        BootstrapAnswer answer = Answer(read, response!);
        if (!answer.IsSuccess)
            return answer;
        List<ResourceEntry> entries = [];
        // What the definitions do not know is no error (Core TS 1.2.2, 6.1.7.4).
        var context = new ContentContext(options.Models, time.GetUtcNow(), null, Progress.Version) { KeepMistyped = true };
        return Lwm2mContent.TryDecode(response!.ContentFormat ?? ContentFormat.TextPlain, response.Payload.Span, read.Path, context, entries, out string? reason)
            ? answer with { Entries = entries }
            : answer with { Remarks = [$"the device's answer cannot be read: {reason}"] };
    }

    private async Task<BootstrapAnswer> FinishAsync(BootstrapOperation.Finish finish, CancellationToken cancellationToken)
    {
        var request = new CoapRequest(CoapCode.Post, "/bs");
        foreach (string query in finish.Queries)
            request.Options.Add(CoapOptionNumber.UriQuery, query);
        return Answer(finish, await session.Request.Peer.SendAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Writes a node as a whole; when the device does not take that, its parts one by one.</summary>
    private async Task<CoapResponse> WriteAsync(Lwm2mPath path, ResourceEntry[] entries, ContentFormat? format, CancellationToken cancellationToken)
    {
        CoapResponse response = await PutAsync(path, entries, format, cancellationToken).ConfigureAwait(false);
        if (response.Code.IsSuccess || !MayTakeParts(response.Code) || path.Level >= 3)
            return response;
        _remarks.Add($"{path} is not taken as a whole ({response.Code}); its {(path.IsObject ? "instances" : "resources")} are written one by one");
        CoapResponse last = response;
        foreach (IGrouping<Lwm2mPath, ResourceEntry> part in entries.GroupBy(entry => entry.Path.Truncate(path.Level + 1)))
        {
            CoapResponse written = await WriteAsync(part.Key, [.. part], format, cancellationToken).ConfigureAwait(false);
            if (!written.Code.IsSuccess)
            {
                if (!IsOptional(part.Key) || !MayTakeParts(written.Code))
                    return written;
                // Core TS 1.2.2, 6.1.7.5: an optional resource that the device does not know is no error.
                _remarks.Add($"{part.Key} is left out: the device answered {written.Code}");
                continue;
            }

            last = written;
        }

        return last;
    }

    private async Task<CoapResponse> PutAsync(Lwm2mPath path, ResourceEntry[] entries, ContentFormat? forced, CancellationToken cancellationToken)
    {
        CoapResponse? response = null;
        string? reason = null;
        IEnumerable<ContentFormat> formats = forced is { } only ? [only] : BootstrapFormats.Of(Progress, _taken, _refused, path, entries);
        foreach (ContentFormat format in formats.ToArray())
        {
            if (Encode(format, path, entries, time.GetUtcNow(), out reason) is not { } payload)
                continue;
            // A Write has no body in its answer, so no size of blocks is asked for: some clients take that for a request of their blocks.
            var request = new CoapRequest(CoapCode.Put)
            {
                ContentFormat = format, Payload = payload, PreferredBlockSize = session.Plan.BlockSize, AsksForBlocks = false, KeepsToken = session.Plan.KeepsToken,
            };
            response = await SendAsync(request, path, cancellationToken).ConfigureAwait(false);
            if (response.Code == CoapCode.UnsupportedContentFormat)
            {
                if (forced is null)
                    Refuse(format);
                continue;
            }

            if (response.Code.IsSuccess && Lwm2mContent.HoldsMany(format))
                _taken = format;
            return response;
        }

        return response ?? throw new InvalidOperationException($"{path} cannot be written: {reason}");
    }

    private Task<CoapResponse> SendAsync(CoapRequest request, Lwm2mPath path, CancellationToken cancellationToken)
    {
        // Transport TS 1.2.2, 6.4.1: no alternate path here.
        for (int i = 0; i < path.Level; i++)
            request.Options.Add(CoapOptionNumber.UriPath, path[i].ToString(CultureInfo.InvariantCulture));
        return session.Request.Peer.SendAsync(request, cancellationToken);
    }

    private void Refuse(ContentFormat format)
    {
        _refused.Add(format);
        if (_taken == format)
            _taken = null;
        _remarks.Add($"the device does not take content format {format}");
    }

    // 4.00 is the one error that table 6.7-1 has for a Write that a device cannot do; 4.13 is a client without blocks.
    private static bool MayTakeParts(CoapCode code) =>
        code == CoapCode.MethodNotAllowed || code == CoapCode.NotFound || code == CoapCode.BadRequest || code == CoapCode.RequestEntityTooLarge
        || code == CoapCode.NotImplemented;

    private bool IsOptional(Lwm2mPath path) => path.IsResource && options.Models.Find(path.ObjectId)?.Find(path.ResourceId) is { IsMandatory: false };

    private BootstrapAnswer Answer(BootstrapOperation operation, CoapResponse response) =>
        new(operation, response.Code) { Payload = response.Payload, Remarks = [.. _remarks] };
}
