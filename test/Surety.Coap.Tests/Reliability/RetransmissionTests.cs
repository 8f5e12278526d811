using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>RFC 7252, 4.2, 4.8: retransmission of Confirmable messages.</summary>
public sealed class RetransmissionTests
{
    [Fact]
    public void Retransmissions_double_from_a_random_start_and_end_within_the_envelope()
    {
        var firstTimeouts = new List<long>();
        for (int seed = 0; seed < 200; seed++)
        {
            var network = new SimulatedNetwork(seed);
            SimulatedEndpoint client = network.Add(new RecordingHandler());
            RawPeer server = network.AddRaw();
            var request = new ProbeMessage();
            client.Send(server.SeenBy(client).Key, request);
            network.RunUntil(() => request.IsOver);

            Assert.Equal(ExchangeFailure.Timeout, request.Failure);
            long[] times = [.. network.Sent.Select(d => d.SentAt)];
            Assert.Equal(5, times.Length);
            Assert.All(network.Sent, d => Assert.Equal(network.Sent[0].Bytes, d.Bytes));
            // Timers have ticks of 16 ms.
            long timeout = times[1] - times[0];
            Assert.InRange(timeout, 2000, 3000 + 16);
            for (int i = 2; i < 5; i++)
                Assert.InRange(times[i] - times[0], (timeout * ((1 << i) - 1)) - (16 * (1 << i)), (timeout * ((1 << i) - 1)) + 16);
            Assert.InRange(times[4] - times[0], 0, (long)TransmissionParameters.Default.MaxTransmitSpan.TotalMilliseconds);
            Assert.InRange(network.Now - times[0], (timeout - 16) * 31, (long)TransmissionParameters.Default.MaxTransmitWait.TotalMilliseconds + 16);
            Assert.Equal(4, client.Statistics.Retransmissions);
            Assert.Equal(1, client.Statistics.Failures);
            firstTimeouts.Add(timeout);
        }

        // ACK_RANDOM_FACTOR: spread over the whole second.
        Assert.True(firstTimeouts.Min() < 2100);
        Assert.True(firstTimeouts.Max() > 2900);
        Assert.True(firstTimeouts.Distinct().Count() > 30);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void MAX_RETRANSMIT_counts_the_retransmissions(int maximum)
    {
        var network = new SimulatedNetwork();
        var options = new CoapEndpointOptions { Transmission = new TransmissionParameters { MaxRetransmit = maximum } };
        SimulatedEndpoint client = network.Add(new RecordingHandler(), options);
        var request = new ProbeMessage();
        client.Send(network.AddRaw().SeenBy(client).Key, request);
        network.RunUntil(() => request.IsOver, TimeSpan.FromHours(1));
        Assert.Equal(maximum + 1, network.Sent.Count);
        Assert.Equal(ExchangeFailure.Timeout, request.Failure);
    }

    [Fact]
    public void ACK_TIMEOUT_and_the_random_factor_can_be_changed()
    {
        var network = new SimulatedNetwork();
        var options = new CoapEndpointOptions { Transmission = new TransmissionParameters { AckTimeout = TimeSpan.FromSeconds(10), AckRandomFactor = 1 } };
        SimulatedEndpoint client = network.Add(new RecordingHandler(), options);
        client.Send(network.AddRaw().SeenBy(client).Key, new ProbeMessage());
        network.Run(TimeSpan.FromSeconds(80));
        Assert.Equal(4, network.Sent.Count);
        for (int i = 1; i < 4; i++)
            Assert.InRange(network.Sent[i].SentAt, 10_000 * ((1 << i) - 1), (10_000 * ((1 << i) - 1)) + 16);
    }

    [Fact]
    public void An_acknowledgement_at_any_time_ends_the_retransmission()
    {
        for (int attempt = 1; attempt <= 5; attempt++)
        {
            var network = new SimulatedNetwork(attempt);
            SimulatedEndpoint client = network.Add(new RecordingHandler());
            RawPeer server = network.AddRaw();
            var request = new ProbeMessage();
            client.Send(server.SeenBy(client).Key, request);
            network.RunUntil(() => server.Received.Count == attempt);
            WireMessage get = server.Receive();
            server.Send(client, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId) { Token = get.Token });
            network.RunUntil(() => request.IsOver);
            Assert.Single(request.Responses);
            network.Run(TimeSpan.FromMinutes(3));
            Assert.Equal(attempt, client.Statistics.Sent);
        }
    }

    [Fact]
    public void After_a_sleep_a_retransmission_is_missed_rather_than_sent_after_MAX_TRANSMIT_SPAN()
    {
        var network = new SimulatedNetwork();
        SimulatedEndpoint client = network.Add(new RecordingHandler());
        var request = new ProbeMessage();
        client.Send(network.AddRaw().SeenBy(client).Key, request);
        network.Run(TimeSpan.FromSeconds(1));
        client.WakeAt(60_000);
        client.WakeAt(70_000);
        Assert.Equal(1, client.Statistics.Sent);
        Assert.Equal(0, client.Statistics.Retransmissions);
    }

    [Fact]
    public void After_a_sleep_retransmissions_keep_their_distance()
    {
        var network = new SimulatedNetwork();
        SimulatedEndpoint client = network.Add(new RecordingHandler());
        client.Send(network.AddRaw().SeenBy(client).Key, new ProbeMessage());
        network.Run(TimeSpan.FromSeconds(1));
        // The first two retransmissions are due at once.
        client.WakeAt(20_000);
        Assert.Equal(1, client.Statistics.Retransmissions);
        client.WakeAt(21_900);
        Assert.Equal(1, client.Statistics.Retransmissions);
        client.WakeAt(22_100);
        Assert.Equal(2, client.Statistics.Retransmissions);
    }

    // RFC 7252, 4.8, 4.8.2: tables 2 and 3.
    [Fact]
    public void Default_parameters_and_derived_times_are_those_of_the_tables()
    {
        TransmissionParameters p = TransmissionParameters.Default;
        Assert.Equal((2.0, 1.5, 4, 1, 5.0, 1.0), (p.AckTimeout.TotalSeconds, p.AckRandomFactor, p.MaxRetransmit, p.NStart, p.DefaultLeisure.TotalSeconds, p.ProbingRate));
        Assert.Equal(
            (45.0, 93.0, 100.0, 247.0, 145.0),
            (p.MaxTransmitSpan.TotalSeconds, p.MaxTransmitWait.TotalSeconds, TransmissionParameters.MaxLatency.TotalSeconds, p.ExchangeLifetime.TotalSeconds, p.NonLifetime.TotalSeconds));
    }

    public static TheoryData<TransmissionParameters> OutOfRange =>
    [
        new TransmissionParameters { AckRandomFactor = 0.99 },
        new TransmissionParameters { AckTimeout = TimeSpan.FromMilliseconds(19) },
        new TransmissionParameters { MaxRetransmit = -1 },
        new TransmissionParameters { MaxRetransmit = 11 },
        new TransmissionParameters { NStart = 0 },
        new TransmissionParameters { ProbingRate = 0 },
        new TransmissionParameters { PiggybackDelay = TimeSpan.FromMilliseconds(-1) },
        new TransmissionParameters { ResponseTimeout = TimeSpan.FromHours(25) },
    ];

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Parameters_outside_their_range_are_refused(TransmissionParameters parameters) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoapEndpointOptions { Transmission = parameters }.Validate());
}
