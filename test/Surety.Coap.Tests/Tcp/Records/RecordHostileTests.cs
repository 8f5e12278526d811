using Surety.Testing;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Tcp.Records;

/// <summary>What a client in the layout of RFC 7252 may do wrong, by mistake or not.</summary>
public sealed class RecordHostileTests
{
    private static readonly byte[] Ping = [0x40, 0x00, 0x00, 0x01];

    private readonly ScriptedHandler _handler = new();
    private readonly ListLogger _logger = new();

    [Fact]
    public async Task A_record_that_is_no_message_is_ignored_or_reset_and_the_connection_goes_on()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await PingAsync(client);
        // RFC 7252, 3, 4.2: another version and too short a message are ignored; a Confirmable message with a format error is rejected.
        await client.SendAsync([0xFF, 0xFF, 0xFF, 0xFF], [0x40], [0x4F, 0x01, 0x12, 0x34]);
        Assert.Equal("70001234", Convert.ToHexString((await client.ReceiveRecordAsync())!));
        await PingAsync(client);
    }

    [Fact]
    public async Task Endless_junk_ends_the_connection()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler, logger: _logger);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await PingAsync(client);
        for (int i = 1; i < RecordSession.MaxMalformed; i++)
            await client.SendAsync([0x00]);
        await PingAsync(client);
        for (int i = 0; i < RecordSession.MaxMalformed; i++)
            await client.SendAsync([0x00]);
        Assert.Null(await client.ReceiveRecordAsync());
        Assert.Contains(_logger.Lines, line => line.Contains("held no CoAP message", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RecordSession.MaxIncoming + 1)]
    [InlineData(16_384)]
    public async Task A_record_that_is_too_long_ends_the_connection(int length)
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler, logger: _logger);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await PingAsync(client);
        await client.SendAsync([.. Convert.FromHexString("40031235B573746F7265FF"), .. new byte[length - 11]]);
        Assert.Null(await client.ReceiveRecordAsync());
        Assert.Empty(_handler.Requests);
        Assert.Contains(_logger.Lines, line => line.Contains("held more than one message", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Empty_records_do_nothing()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await PingAsync(client);
        for (int i = 0; i < 100; i++)
            await client.SendAsync([]);
        await PingAsync(client);
    }

    [Theory]
    [InlineData("00E1")] // RFC 8323: CSM
    [InlineData("000000E1")] // RFC 8323: an Empty message, then a CSM
    public async Task What_begins_with_a_CSM_is_RFC_8323_also_without_ALPN(string first)
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await client.SendAsync(Convert.FromHexString(first));
        byte[] csm = (await client.ReceiveRecordAsync())!;
        Assert.Equal(0xE1, csm[1]);
        // The rest may come in pieces: records mean nothing any more.
        await client.SendAsync([0x61], [0x01, 0x41], [0xB5, .. "hello"u8]);
        Assert.Contains("hello", System.Text.Encoding.ASCII.GetString((await client.ReceiveRecordAsync())!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("61451234A2C0FF68656C6C6F")] // a response that nobody asked for
    [InlineData("474554202F20485454502F312E310D0A")] // GET / HTTP/1.1
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFF")]
    public async Task What_is_neither_is_told_that_a_CSM_was_expected(string first)
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler, logger: _logger);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await client.SendAsync(Convert.FromHexString(first));
        // The CSM and an Abort, 7.05.
        Assert.Equal(0xE1, (await client.ReceiveRecordAsync())![1]);
        Assert.Null(await client.ReceiveRecordAsync());
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_told_and_closed_when_the_time_for_a_CSM_is_over()
    {
        var options = new CoapEndpointOptions { Tcp = new CoapTcpOptions { CsmTimeout = TimeSpan.FromMilliseconds(100) } };
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler, options, _logger);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        byte[] received = [.. await client.ReceiveRecordAsync() ?? [], .. await client.ReceiveRecordAsync() ?? []];
        Assert.Contains("no CSM came in time", System.Text.Encoding.ASCII.GetString(received), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_stored_is_not_answered()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler, logger: _logger);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await PingAsync(client);
        _handler.CommitFailure = new IOException("the disk is full");
        await client.SendAsync(new WireMessage(MessageType.Confirmable, CoapCode.Get, 5) { Path = "/hello" });
        Assert.Null(await client.ReceiveRecordAsync());
        _handler.CommitFailure = null;

        using RecordClient again = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await again.SendAsync(new WireMessage(MessageType.Confirmable, CoapCode.Get, 5) { Path = "/hello" });
        Assert.Equal("hello", (await again.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task A_fault_in_the_handler_costs_one_message()
    {
        _handler.NotificationFailure = new InvalidOperationException("a fault");
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler, logger: _logger);
        using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await PingAsync(client);
        await client.SendAsync(new WireMessage(MessageType.NonConfirmable, CoapCode.Content, 8) { Token = [1, 2] });
        await client.SendAsync(new WireMessage(MessageType.Confirmable, CoapCode.Get, 9) { Path = "/crash" });
        Assert.Equal(CoapCode.InternalServerError, (await client.ReceiveAsync()).Code);
        await PingAsync(client);
    }

    [Fact]
    public async Task Random_records_never_take_the_endpoint_down()
    {
        await using TcpCoapEndpoint server = RecordFixture.Open(_handler);
        var random = new Random(20260101);
        for (int round = 0; round < 10; round++)
        {
            using RecordClient client = await RecordClient.ConnectAsync(server.LocalEndPoint);
            try
            {
                for (int i = 0; i < 50; i++)
                {
                    byte[] record = new byte[random.Next(1, 200)];
                    random.NextBytes(record);
                    record[0] = (byte)(0x40 | record[0] & 0x3F);
                    await client.SendAsync(record);
                }
            }
            catch (IOException)
            {
                // The server has had enough.
            }
        }

        using RecordClient last = await RecordClient.ConnectAsync(server.LocalEndPoint);
        await PingAsync(last);
    }

    private static async Task PingAsync(RecordClient client)
    {
        await client.SendAsync(Ping);
        Assert.Equal("70000001", Convert.ToHexString((await client.ReceiveRecordAsync())!));
    }
}
