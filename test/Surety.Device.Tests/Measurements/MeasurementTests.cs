using Surety.Lwm2m;
using Surety.Lwm2m.Client;

namespace Surety.Device.Tests.Measurements;

public sealed class MeasurementTests : IAsyncDisposable
{
    private static readonly Lwm2mPath Value = Lwm2mPath.Parse("/3303/0/5700");

    private readonly string _folder = Directory.CreateTempSubdirectory("surety-measurements").FullName;
    private readonly TestServer _server = new();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_recorded_while_no_server_was_there_arrives_with_its_times_in_order()
    {
        await using (DeviceHost offline = Make())
        {
            for (int i = 0; i < 150; i++)
                await offline.Measurements.RecordAsync([new ResourceEntry(Value, i + 0.5, 1_700_000_000 + i)]);
            Assert.Equal(150, offline.Measurements.Waiting);
        }

        // Another process, later.
        await using DeviceHost online = Make();
        Assert.Equal(150, online.Measurements.Waiting);
        online.Start();
        await TestServer.UntilAsync(() => online.Measurements.Waiting == 0);

        Assert.Equal(Enumerable.Range(0, 150).Select(i => (i + 0.5, (double?)(1_700_000_000 + i))), _server.Sent.Select(entry => (entry.Value.AsFloat(), entry.Timestamp)));
        Assert.Equal(150, online.Measurements.Delivered);
        await online.Measurements.RecordAsync([new ResourceEntry(Value, 1.5)]);
        await TestServer.UntilAsync(() => _server.Sent.Count == 151);
    }

    [Fact]
    public void A_torn_record_is_cut_off_and_those_before_it_stay()
    {
        using (MeasurementLog log = Open())
            log.Append([Record(1), Record(2)]);
        string file = Assert.Single(Directory.GetFiles(_folder, "*.log"));
        byte[] whole = File.ReadAllBytes(file);

        // A power cut may leave any part of what was being written.
        for (int length = 1; length < Record(3).Length; length++)
        {
            File.WriteAllBytes(file, [.. whole, .. Record(3)[..length]]);
            using MeasurementLog log = Open();
            Assert.Equal(2, log.Waiting);
            log.Append([Record(4)]);
            Assert.Equal([1.0, 2.0, 4.0], Read(log, 10));
        }
    }

    [Fact]
    public void The_oldest_are_dropped_first_and_counted_over_restarts()
    {
        int record = Record(0).Length;
        int count = 0;
        using (MeasurementLog log = Open(maxBytes: 80 * record))
        {
            for (; log.Dropped == 0; count++)
                log.Append([Record(count)]);
        }

        using MeasurementLog again = Open(maxBytes: 80 * record);
        Assert.InRange(again.Dropped, 1, 20);
        Assert.Equal(count - again.Dropped, again.Waiting);
        Assert.Equal(again.Dropped, Read(again, 1)[0]);
        Assert.True(Directory.GetFiles(_folder, "*.log").Sum(file => new FileInfo(file).Length) <= 80 * record);
    }

    [Fact]
    public void What_was_delivered_is_not_sent_again_after_a_restart()
    {
        using (MeasurementLog log = Open())
        {
            log.Append([Record(1), Record(2), Record(3)]);
            (int records, MeasurementPosition end) = log.Peek(2, []);
            Assert.Equal(2, records);
            log.Advance(records, end);
        }

        using MeasurementLog again = Open();
        Assert.Equal(1, again.Waiting);
        Assert.Equal([3.0], Read(again, 10));
    }

    [Fact]
    public void Files_do_not_pile_up_behind_what_was_delivered()
    {
        using MeasurementLog log = Open(maxBytes: 80 * Record(0).Length);
        for (int i = 0; i < 1000; i++)
        {
            log.Append([Record(i)]);
            var entries = new List<ResourceEntry>();
            (int records, MeasurementPosition end) = log.Peek(10, entries);
            Assert.Equal(i, Assert.Single(entries).Value.AsFloat());
            log.Advance(records, end);
        }

        Assert.Equal(0, log.Dropped);
        Assert.True(Directory.GetFiles(_folder, "*.log").Length <= 1);
    }

    [Fact]
    public async Task Who_asks_for_measurements_without_a_folder_is_told_how()
    {
        await using DeviceHost device = DeviceHost.CreateBuilder().UseEndpointName("x").UseServer(_server.Uri).Build();

        Assert.Contains("KeepMeasurements", Assert.Throws<InvalidOperationException>(() => device.Measurements).Message, StringComparison.Ordinal);
    }

    private static byte[] Record(double value) => MeasurementRecord.Write([new ResourceEntry(Value, value, 1_700_000_000)]);

    private static double[] Read(MeasurementLog log, int count)
    {
        var entries = new List<ResourceEntry>();
        log.Peek(count, entries);
        return [.. entries.Select(entry => entry.Value.TryGetNumber(out double number) ? number : double.NaN)];
    }

    private MeasurementLog Open(long maxBytes = 1 << 20) => new(_folder, maxBytes);

    private DeviceHost Make() => DeviceHost.CreateBuilder().UseEndpointName("buffering").UseServer(_server.Uri)
        .Add(new ObjectInstance(3303) { [5700] = 21.5 }).KeepMeasurements(_folder).Build();
}
