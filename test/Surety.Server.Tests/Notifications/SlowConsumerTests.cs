using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Notifications;
using Surety.Server.Features.Notifications.Websockets;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Notifications;

/// <summary>Applications that are slow, many, or do not come to an end.</summary>
public sealed class SlowConsumerTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    [Fact]
    public async Task A_websocket_that_stops_reading_costs_bounded_memory_is_cut_off_and_loses_nothing()
    {
        using var channel = new LocalChannel(new ChannelSettings(ChannelType.Websocket));
        channel.Add(8, length: 1_000_000);
        await using var stalled = new StalledStream();
        using var session = new WebSocketSession(channel.Live, stalled, stalled.Abort, channel.Time, NullLogger.Instance);
        var running = session.RunAsync();
        // What the session handed over without a pong: not more than a delivery beyond a MiB.
        await DeviceServerFixture.UntilAsync(() => stalled.Taken > 1_000_000 || Tick(channel, TimeSpan.FromMilliseconds(100)));
        await DeviceServerFixture.UntilAsync(() => running.IsCompleted || Tick(channel, TimeSpan.FromSeconds(1)));
        await running;
        Assert.True(stalled.IsAborted);
        Assert.InRange(stalled.Taken, 1_000_000, 4_000_000);
        Assert.Equal(8, channel.Live.Queue.Count);
    }

    [Fact]
    public async Task A_second_handshake_while_the_first_is_pending_is_a_429()
    {
        var hub = fixture.Server.Service<NotificationHub>();
        var sockets = new WebSocketEndpoint(hub, fixture.Server.Service<IHostApplicationLifetime>(), fixture.Time, NullLogger<WebSocketEndpoint>.Instance);
        var caller = new Caller(new EntityId(1, 1), new EntityId(2, 2), true);
        var pending = new PendingUpgrade();
        var first = sockets.RunAsync(Handshake(pending), caller);
        Assert.False(first.IsCompleted);
        var refusal = await Assert.ThrowsAsync<ApiException>(() => sockets.RunAsync(Handshake(new PendingUpgrade()), caller));
        Assert.Equal(429, refusal.Status);
        pending.Fail();
        await Assert.ThrowsAsync<IOException>(() => first);
        // And not any more when it is over.
        var third = new PendingUpgrade();
        var again = sockets.RunAsync(Handshake(third), caller);
        Assert.False(again.IsCompleted);
        third.Fail();
        await Assert.ThrowsAsync<IOException>(() => again);
    }

    [Fact]
    public async Task A_thousand_long_polls_are_held_at_once_and_all_are_answered()
    {
        const int Count = 1000;
        var owner = await fixture.NewAccountAsync();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Count }) { BaseAddress = fixture.Server.Address };
        var keys = new List<string>();
        for (var i = 0; i < Count; i++)
            keys.Add((await owner.Client.PostAsync("/v3/api-keys", $"{{\"name\":\"poll-{i}\"}}")).Text("key"));
        var polls = keys.ConvertAll(key => PollAsync(http, key));
        var hub = fixture.Server.Service<NotificationHub>();
        await DeviceServerFixture.UntilAsync(() => hub.Channels.Count(channel => channel.IsPolled) == Count || polls.Any(poll => poll.IsCompleted));
        // While they are held the server answers others.
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync(HttpMethod.Get, "/v3/devices"));
        await using var device = await fixture.RegisterAsync();
        Assert.All(await Task.WhenAll(polls), body => Assert.Contains($"\"original-ep\":\"{device.Name}\"", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_poll_is_held_for_25_s_and_then_a_204()
    {
        var time = new Testing.ManualTime();
        var hub = fixture.Server.Service<NotificationHub>();
        var polls = new LongPoll(hub, fixture.Server.Service<IHostApplicationLifetime>(), time);
        var caller = new Caller(new EntityId(1, 3), new EntityId(2, 3), true);
        var poll = polls.RunAsync(new DefaultHttpContext(), caller, noWait: false);
        time.Advance(TimeSpan.FromSeconds(24.9));
        Assert.False(poll.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(204, Assert.IsType<IStatusCodeHttpResult>(await poll, exactMatch: false).StatusCode);
        hub.Remove(hub.Find(caller.ApplicationId)!, ChannelEnd.Deleted);
    }

    private static async Task<string> PollAsync(HttpClient http, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/notification/pull");
        request.Headers.Authorization = new("Bearer", key);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static bool Tick(LocalChannel channel, TimeSpan by)
    {
        channel.Time.Advance(by);
        return false;
    }

    private static DefaultHttpContext Handshake(PendingUpgrade upgrade)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider() };
        context.Features.Set<IHttpUpgradeFeature>(upgrade);
        var headers = context.Request.Headers;
        context.Request.Method = "GET";
        context.Request.Protocol = "HTTP/1.1";
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketVersion = "13";
        headers.SecWebSocketKey = "dGhlIHNhbXBsZSBub25jZQ==";
        return context;
    }

    private sealed class PendingUpgrade : IHttpUpgradeFeature
    {
        private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsUpgradableRequest => true;

        public Task<Stream> UpgradeAsync() => _stream.Task;

        public void Fail() => _stream.SetException(new IOException("gone"));
    }

    /// <summary>A connection whose other side takes some and then nothing.</summary>
    private sealed class StalledStream : Stream
    {
        private const int Window = 2_000_000;

        private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _taken;

        public int Taken => Volatile.Read(ref _taken);

        public bool IsAborted => _aborted.Task.IsCompleted;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Abort() => _aborted.TrySetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Taken < Window)
            {
                Interlocked.Add(ref _taken, buffer.Length);
                return;
            }

            await _aborted.Task.WaitAsync(cancellationToken);
            throw new IOException("aborted");
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _aborted.Task.WaitAsync(cancellationToken);
            throw new IOException("aborted");
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
