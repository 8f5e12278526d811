using System.Globalization;
using System.Text;
using Surety.Coap;
using Surety.Interop.Tests.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Interop.Tests.Lwm2m;

/// <summary>
/// libcoap as a whole device over UDP: its client registers from a port, then its server listens there, with resources that were put there
/// before under the paths of LwM2M. It knows bytes and formats, not objects: what is read is what was put. There is
/// no such device over TCP and TLS, where a device's requests and its resources share a connection, which neither of libcoap's programs does.
/// </summary>
public sealed class LibcoapDeviceTests
{
    private const string Links = "</>;rt=\"oma.lwm2m\",</1/0>,</3/0>,</3303/0>";

    private static readonly Lwm2mPath Level = new(3, 0, 9);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_write_execute_create_and_delete()
    {
        await using var fixture = new Lwm2mInteropFixture();
        await using Device device = await Device.StartAsync(fixture);
        await device.PutAsync("/3/0/9", ContentFormat.TextPlain, "95");
        Registration registration = fixture.Registration;
        DeviceResponse read = await fixture.Server.SendAsync(registration, DeviceRequest.Read(Level), Token);
        Assert.Equal(CoapCode.Content, read.Code);
        var context = new ContentContext(ObjectModelRegistry.Default, TimeProvider.System.GetUtcNow(), registration.Links, registration.Version);
        Assert.True(read.TryDecode(Level, context, out List<ResourceEntry>? entries, out string? reason), reason);
        Assert.Equal(new ResourceEntry(Level, 95), Assert.Single(entries));

        DeviceResponse written = await fixture.Server.SendAsync(registration, DeviceRequest.Write(Level, ContentFormat.TextPlain, "80"u8.ToArray()), Token);
        Assert.Equal(CoapCode.Changed, written.Code);
        Assert.Equal("80", await device.GetAsync("/3/0/9"));
        DeviceResponse missing = await fixture.Server.SendAsync(registration, DeviceRequest.Read(new Lwm2mPath(3, 0, 0)), Token);
        Assert.Equal(CoapCode.NotFound, missing.Code);

        await device.PutAsync("/3303/0", ContentFormat.SenmlJson, """[{"bn":"/3303/0/","n":"5700","v":21.5},{"n":"5701","vs":"Cel"}]""");
        DeviceResponse instance = await fixture.Server.SendAsync(registration, DeviceRequest.Read(new Lwm2mPath(3303, 0), ContentFormat.SenmlJson), Token);
        Assert.True(instance.TryDecode(new Lwm2mPath(3303, 0), context, out entries, out reason), reason);
        Assert.Equal(["/3303/0/5700=21.5", "/3303/0/5701=Cel"], entries.Select(entry => entry.ToString()));
        Assert.Equal(CoapCode.Deleted, (await fixture.Server.SendAsync(registration, DeviceRequest.Delete(new Lwm2mPath(3303, 0)), Token)).Code);
        Assert.Equal(CoapCode.Changed, (await fixture.Server.SendAsync(registration, DeviceRequest.Execute(Level, "0"), Token)).Code);
        Assert.Equal("0", await device.GetAsync("/3/0/9"));
        Assert.Equal(CoapCode.Created, (await fixture.Server.SendAsync(registration, DeviceRequest.Create(3303, ContentFormat.TextPlain, "1"u8.ToArray()), Token)).Code);
        Assert.Equal("1", await device.GetAsync("/3303"));
    }

    [Fact]
    public async Task Write_and_read_what_needs_blocks()
    {
        await using var fixture = new Lwm2mInteropFixture();
        await using Device device = await Device.StartAsync(fixture);
        byte[] package = InteropHandler.MakeBody(300_000);
        var path = new Lwm2mPath(5, 0, 0);
        DeviceResponse written = await fixture.Server.SendAsync(fixture.Registration, DeviceRequest.Write(path, ContentFormat.OctetStream, package), Token);
        Assert.Equal(CoapCode.Created, written.Code);
        DeviceResponse read = await fixture.Server.SendAsync(fixture.Registration, DeviceRequest.Read(path), Token);
        Assert.Equal(package, read.Payload.ToArray());
    }

    [Theory]
    [InlineData()]
    [InlineData("-N")]
    [InlineData("-l", "4")] // a notification is lost, and repeated
    public async Task Observe_and_cancel(params string[] arguments)
    {
        await using var fixture = new Lwm2mInteropFixture();
        await using Device device = await Device.StartAsync(fixture, arguments);
        await device.PutAsync("/3/0/9", ContentFormat.TextPlain, "95");
        ObserveResult result = await fixture.Server.ObserveAsync(fixture.Registration, Level, cancellationToken: Token);
        Assert.Equal("95", Encoding.ASCII.GetString(result.Response.Payload.Span));
        Assert.NotNull(result.Observation);
        foreach (string value in new[] { "94", "93", "92" })
        {
            await device.PutAsync("/3/0/9", ContentFormat.TextPlain, value);
            await fixture.Events.WaitForAsync($"notified /3/0/9 2.05 {value}");
        }

        DeviceResponse cancelled = await fixture.Server.CancelAsync(result.Observation, Token);
        Assert.Equal("92", Encoding.ASCII.GetString(cancelled.Payload.Span));
        Assert.Equal("ended /3/0/9", fixture.Events.Lines[^1]);
        Assert.Equal(0, fixture.Server.Registrations.ObservationCount);
    }

    [Fact]
    public async Task A_forgotten_observation_ends_with_a_reset()
    {
        await using var fixture = new Lwm2mInteropFixture();
        await using Device device = await Device.StartAsync(fixture);
        await device.PutAsync("/3/0/9", ContentFormat.TextPlain, "95");
        ObserveResult result = await fixture.Server.ObserveAsync(fixture.Registration, Level, cancellationToken: Token);
        fixture.Server.Forget(result.Observation!);
        await device.PutAsync("/3/0/9", ContentFormat.TextPlain, "94");
        await device.Process.WaitForOutputAsync("t:RST c:0.00");
        Assert.DoesNotContain("notified /3/0/9 2.05 94", fixture.Events.Lines);
    }

    [Fact]
    public async Task A_large_notification_is_collected()
    {
        await using var fixture = new Lwm2mInteropFixture();
        await using Device device = await Device.StartAsync(fixture);
        await device.PutAsync("/3303/0", ContentFormat.TextPlain, "empty");
        await fixture.Server.ObserveAsync(fixture.Registration, new Lwm2mPath(3303, 0), cancellationToken: Token);
        string large = new('x', 5000);
        await device.PutAsync("/3303/0", ContentFormat.TextPlain, large);
        await fixture.Events.WaitForAsync($"notified /3303/0 2.05 {large}");
    }

    /// <summary>The device: a registered port with coap-server behind it.</summary>
    private sealed class Device(ForeignProcess process, string uri) : IAsyncDisposable
    {
        public ForeignProcess Process => process;

        public static async Task<Device> StartAsync(Lwm2mInteropFixture fixture, params string[] arguments)
        {
            string port = ForeignProcess.FindFreePorts(2).ToString(CultureInfo.InvariantCulture);
            await fixture.RegisterAsync(Lwm2mInteropFixture.Udp, "&lwm2m=1.1&b=U", Links, "-a", "127.0.0.1", "-p", port);
            ForeignProcess process = ForeignProcess.Start(
                "coap-server-notls", TcpInteropFixture.Package, ["-A", "127.0.0.1", "-p", port, "-d", "100", "-v", "7", .. arguments]);
            await process.WaitForOutputAsync("created UDP  endpoint");
            return new Device(process, "coap://127.0.0.1:" + port);
        }

        public Task PutAsync(string path, ContentFormat format, string value) => ForeignProcess.RunAsync(
            UdpInteropFixture.Client, TcpInteropFixture.Package, "-m", "put", "-B", "50", "-t", format.Value.ToString(CultureInfo.InvariantCulture), "-e", value, uri + path);

        public async Task<string> GetAsync(string path) =>
            (await ForeignProcess.RunAsync(UdpInteropFixture.Client, TcpInteropFixture.Package, "-B", "50", uri + path)).Trim();

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
