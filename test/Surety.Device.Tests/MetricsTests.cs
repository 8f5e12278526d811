using System.Diagnostics.Metrics;

namespace Surety.Device.Tests;

public sealed class MetricsTests
{
    [Fact]
    public async Task What_a_device_does_is_measured_under_its_endpoint_name()
    {
        var measured = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Surety.Device")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag is { Key: "endpoint", Value: "measured" })
                    measured[instrument.Name] = value;
            }
        });
        listener.Start();
        await using var server = new TestServer();
        await using (DeviceHost device = DeviceHost.CreateBuilder().UseEndpointName("measured").UseServer(server.Uri).Build())
        {
            device.Start();
            await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            listener.RecordObservableInstruments();

            Assert.Equal(1, measured["surety.device.registrations"]);
            Assert.Equal(1, measured["surety.device.registered"]);
            Assert.Equal(0, measured["surety.device.notifications"]);
            Assert.DoesNotContain("surety.device.measurements.waiting", measured.Keys);
        }

        measured.Clear();
        listener.RecordObservableInstruments();
        Assert.Empty(measured);
    }
}
