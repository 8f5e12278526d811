using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;
using Surety.Server.Features.Notifications.Kafka;

namespace Surety.Server.Tests.Notifications;

/// <summary>How a Kafka channel's protection reaches the library (librdkafka, CONFIGURATION.md), and what becomes of clusters that are none.</summary>
public sealed class KafkaTargetTests(KafkaTests.Servers fixture) : IClassFixture<KafkaTests.Servers>
{
    private const string Pem = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----";

    [Theory]
    [InlineData(null, null, SecurityProtocol.Ssl)]
    [InlineData("tls", null, SecurityProtocol.Ssl)]
    [InlineData("plaintext", null, SecurityProtocol.Plaintext)]
    [InlineData(null, "PLAIN", SecurityProtocol.SaslSsl, SaslMechanism.Plain)]
    [InlineData("tls", "SCRAM-SHA-256", SecurityProtocol.SaslSsl, SaslMechanism.ScramSha256)]
    [InlineData("tls", "SCRAM-SHA-512", SecurityProtocol.SaslSsl, SaslMechanism.ScramSha512)]
    [InlineData("plaintext", "SCRAM-SHA-512", SecurityProtocol.SaslPlaintext, SaslMechanism.ScramSha512)]
    public void Protection_and_signing_in_are_what_was_asked_for(string? security, string? mechanism, SecurityProtocol protocol, SaslMechanism? expected = null)
    {
        var config = Create(security, mechanism).ToConfig(TimeSpan.FromSeconds(20));
        Assert.Equal(protocol, config.SecurityProtocol);
        Assert.Equal(expected, config.SaslMechanism);
        Assert.Equal(mechanism is null ? null : "surety", config.SaslUsername);
        Assert.Equal(mechanism is null ? null : "secret", config.SaslPassword);
        // By default the library checks the certificate and, with https, the name in it.
        Assert.NotEqual(false, config.EnableSslCertificateVerification);
        Assert.NotEqual(SslEndpointIdentificationAlgorithm.None, config.SslEndpointIdentificationAlgorithm);
        Assert.True(config.EnableIdempotence);
        Assert.Equal(Acks.All, config.Acks);
    }

    [Fact]
    public void Authorities_are_handed_on_and_never_read_from_a_file()
    {
        var config = Create("tls", null, Pem).ToConfig(TimeSpan.FromSeconds(20));
        Assert.Equal(Pem, config.SslCaPem);
        Assert.Null(config.SslCaLocation);
        Assert.Null(Create("tls", null).ToConfig(TimeSpan.FromSeconds(20)).SslCaPem);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    public void A_password_or_its_equal_in_the_clear_is_shown_to_nobody_but_the_library(string mechanism)
    {
        var shown = Create("tls", mechanism).ToChannel(null);
        Assert.Equal(("surety", mechanism), (shown.Username, shown.Mechanism));
        Assert.Null(shown.Password);
    }

    [Fact]
    public void A_password_is_not_sent_in_the_clear()
    {
        var channel = new KafkaChannel { Servers = "kafka.example.org:9092", Topic = "t", Security = "plaintext", Mechanism = "PLAIN", Username = "surety", Password = "secret" };
        Assert.False(KafkaTarget.TryCreate(channel, ["*"], out _, out var reason));
        Assert.Contains("tls", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"mechanism\":\"PLAIN\",\"username\":\"u\"")]
    [InlineData("\"mechanism\":\"PLAIN\",\"password\":\"p\"")]
    [InlineData("\"username\":\"u\",\"password\":\"p\"")]
    [InlineData("\"mechanism\":\"PLAIN\",\"username\":\"\",\"password\":\"\"")]
    public async Task Half_of_what_signing_in_needs_is_refused(string members)
    {
        var app = await fixture.Devices.NewAccountAsync();
        using var response = await app.Client.SendAsync(HttpMethod.Put, "/v3/events/kafka", $$"""{"servers":"h:1","topic":"t",{{members}}}""");
        Assert.Contains("together", (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"security\":\"plaintext\"")]
    [InlineData("\"security\":\"tls\",\"mechanism\":\"SCRAM-SHA-512\",\"username\":\"u\",\"password\":\"not-to-be-told\"")]
    public async Task A_port_that_speaks_something_else_is_no_cluster_and_no_channel(string members)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var ending = new CancellationTokenSource();
        var babbling = BabbleAsync(listener, ending.Token);
        var app = await fixture.Devices.NewAccountAsync();
        using var response = await app.Client.SendAsync(
            HttpMethod.Put, "/v3/events/kafka", $$"""{"servers":"127.0.0.1:{{((IPEndPoint)listener.LocalEndpoint).Port}}","topic":"t",{{members}}}""");
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        Assert.DoesNotContain("not-to-be-told", error.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync(HttpMethod.Get, "/v3/events/kafka"));
        await ending.CancelAsync();
        await babbling;
    }

    private static KafkaTarget Create(string? security, string? mechanism, string? ca = null)
    {
        var channel = new KafkaChannel
        {
            Servers = "kafka.example.org:9093",
            Topic = "devices",
            Security = security,
            Ca = ca,
            Mechanism = mechanism,
            Username = mechanism is null ? null : "surety",
            Password = mechanism is null ? null : "secret",
        };
        Assert.True(KafkaTarget.TryCreate(channel, ["*"], out var target, out var reason), reason);
        return target;
    }

    private static async Task BabbleAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                await client.GetStream().WriteAsync("SSH-2.0-garbage\r\n"u8.ToArray(), cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The test has ended, or the client has gone.
        }
    }
}
