using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Device.Tests.Objects;

public sealed class ObjectTests : IAsyncDisposable
{
    private readonly TestServer _server = new();
    private readonly Lamp _lamp = new();
    private readonly Everything _everything = new();
    private readonly DeviceObjects<Everything> _none = new(() => new Everything());
    private DeviceHost? _device;

    public async ValueTask DisposeAsync()
    {
        if (_device is not null)
            await _device.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Servers_read_what_properties_hold_and_what_they_compute()
    {
        await StartAsync(builder => builder.AddObject(_lamp).AddObject<Lamp>().AddObject(new Lamp { OnOff = true }, 7));

        Assert.Equal("0", await ReadAsync("/3311/0/5850"));
        Assert.Equal("50", await ReadAsync("/3311/0/5851"));
        Assert.Equal("0.5", await ReadAsync("/3311/0/5820"));
        Assert.Equal("0", await ReadAsync("/3311/1/5850"));
        Assert.Equal("1", await ReadAsync("/3311/7/5850"));
        // No value, no Resource.
        Assert.Equal(CoapCode.NotFound.ToString(), await ReadAsync("/3311/0/5706"));
        _lamp.Dimmer = null;
        Assert.Equal(CoapCode.NotFound.ToString(), await ReadAsync("/3311/0/5851"));
        _lamp.Dimmer = 3;
        Assert.Equal("3", await ReadAsync("/3311/0/5851"));
        Assert.Equal("/3311/0/5850", _lamp.GetPath(5850).ToString());
    }

    [Fact]
    public async Task What_servers_write_is_in_the_property_and_told()
    {
        await StartAsync(builder => builder.AddObject(_lamp));

        Assert.Equal(CoapCode.Changed, await WriteAsync("/3311/0/5850", "1"));
        Assert.Equal(CoapCode.Changed, await WriteAsync("/3311/0/5851", "80"));
        Assert.True(_lamp.OnOff);
        Assert.Equal((byte)80, _lamp.Dimmer);
        Assert.Equal(["on"], _lamp.Events);
    }

    [Fact]
    public async Task Values_out_of_range_are_4_00_and_so_is_what_the_class_refuses()
    {
        await StartAsync(builder => builder.AddObject(_lamp).AddObject(_everything));

        // The range of the definition; the range of the property's type; what is no number.
        Assert.Equal(CoapCode.BadRequest, await WriteAsync("/3311/0/5851", "101"));
        Assert.Equal(CoapCode.BadRequest, await WriteAsync("/42770/0/5", "99999999999"));
        Assert.Equal(CoapCode.BadRequest, await WriteAsync("/42770/0/1", "101"));
        Assert.Equal(CoapCode.BadRequest, await WriteAsync("/3311/0/5850", "perhaps"));
        Assert.Equal(CoapCode.NotFound, await WriteAsync("/3311/0/5706", "red"));
        Assert.Equal(CoapCode.MethodNotAllowed, await WriteAsync("/3311/0/5820", "1"));
        Assert.Equal((byte)50, _lamp.Dimmer);
    }

    [Fact]
    public async Task A_class_refuses_a_value_with_4_00_and_any_value_with_4_05()
    {
        await StartAsync(builder => builder.Add(new DeviceObjects<Lamp>(() => new Lamp()) { AllowsCreate = true }));
        byte[] red = Encoding.UTF8.GetBytes("""[{"bn":"/3311/0/","n":"5850","vb":true},{"n":"5706","vs":"red"}]""");
        byte[] octarine = Encoding.UTF8.GetBytes("""[{"bn":"/3311/1/","n":"5850","vb":true},{"n":"5706","vs":"octarine"}]""");

        // It is off before it is there.
        Assert.Equal(CoapCode.MethodNotAllowed, (await SendAsync(DeviceRequest.Create(3311, ContentFormat.SenmlJson, red))).Code);
        Assert.Equal(CoapCode.BadRequest, (await SendAsync(DeviceRequest.Create(3311, ContentFormat.SenmlJson, octarine))).Code);
    }

    [Fact]
    public async Task Own_objects_have_all_types_and_multiple_resources()
    {
        _everything.Since = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        await StartAsync(builder => builder.AddObject(_everything));

        Assert.Equal("seven", await ReadAsync("/42770/0/2/7"));
        Assert.Equal("1700000000", await ReadAsync("/42770/0/3"));
        Assert.Equal("5", await ReadAsync("/42770/0/4"));
        Assert.Equal("3:0", await ReadAsync("/42770/0/6"));
        Assert.Equal(CoapCode.Changed, await WriteAsync("/42770/0/2/7", "sieben"));
        Assert.Equal("sieben", _everything.Names[7]);
        _everything.Names = new Dictionary<ushort, string> { [1] = "one" };
        Assert.Equal("one", await ReadAsync("/42770/0/2/1"));
        Assert.Equal(CoapCode.NotFound.ToString(), await ReadAsync("/42770/0/2/7"));
        Assert.Equal(CoapCode.Changed, await WriteAsync("/42770/0/5", "6"));
        Assert.Equal(6, _everything.Behind);
        Assert.Equal("6", await ReadAsync("/42770/0/5"));
        Assert.Equal(new ObjectVersion(1, 2), _server.Find("device").Links.VersionOf(42770));
    }

    [Fact]
    public async Task Methods_are_executed_with_their_arguments_and_answered_when_they_have_ended()
    {
        await StartAsync(builder => builder.AddObject(_everything));

        Assert.Equal(CoapCode.Changed, (await SendAsync(DeviceRequest.Execute(Lwm2mPath.Parse("/42770/0/10"), "0='now',3"))).Code);
        Assert.Equal("now 2", _everything.Executed);
    }

    [Fact]
    public async Task Setting_a_property_notifies_who_observes_it()
    {
        await StartAsync(builder => builder.AddObject(_lamp));
        Assert.NotNull((await _server.Server.ObserveAsync(_server.Find("device"), Lwm2mPath.Parse("/3311/0/5851"), cancellationToken: TestContext.Current.CancellationToken)).Observation);

        _lamp.Dimmer = 51;

        await TestServer.UntilAsync(() => _server.Notifications.Contains("device /3311/0/5851 51"));
    }

    [Fact]
    public async Task Servers_create_and_delete_where_they_may()
    {
        var lamps = new DeviceObjects<Lamp>(() => new Lamp()) { AllowsCreate = true, AllowsDelete = true };
        var created = new List<Lamp>();
        var deleted = new List<Lamp>();
        lamps.Created += created.Add;
        lamps.Deleted += deleted.Add;
        lamps.Add(_lamp);
        await StartAsync(builder => builder.Add(lamps).Add(_none));

        DeviceResponse response = await SendAsync(DeviceRequest.Create(3311, ContentFormat.SenmlJson, """[{"bn":"/3311/4/","n":"5850","vb":true}]"""u8.ToArray()));

        Assert.Equal(CoapCode.Created, response.Code);
        Assert.True(Assert.Single(created).OnOff);
        Assert.Equal([_lamp, created[0]], lamps.Items);
        Assert.Equal(CoapCode.Deleted, (await SendAsync(DeviceRequest.Delete(Lwm2mPath.Parse("/3311/4")))).Code);
        Assert.Equal(created, deleted);
        Assert.True(lamps.Remove(_lamp));
        Assert.Empty(lamps.Items);
        Assert.Equal(CoapCode.MethodNotAllowed, (await SendAsync(DeviceRequest.Create(42770, ContentFormat.SenmlJson, """[{"bn":"/42770/0/","n":"1","v":1}]"""u8.ToArray()))).Code);
    }

    [Fact]
    public async Task Threads_may_set_and_read_while_servers_do()
    {
        await StartAsync(builder => builder.AddObject(_lamp).AddObject(_everything));
        string[] names = ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"];
        _everything.Names = new Dictionary<ushort, string> { [0] = names[0] };
        using var stop = new CancellationTokenSource();
        Task[] writers = [.. names.Select((name, index) => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                using (_everything.BeginChanges())
                {
                    _everything.Small = index;
                    _everything.Names = new Dictionary<ushort, string> { [0] = name };
                }
            }
        }))];

        for (int i = 0; i < 100; i++)
        {
            using (_everything.BeginChanges())
                Assert.Equal(names[_everything.Small], _everything.Names[0]);
            DeviceResponse both = await SendAsync(DeviceRequest.Read(Lwm2mPath.Parse("/42770/0")));
            Assert.True(both.IsSuccess);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public void An_object_is_one_instance_of_one_device()
    {
        DeviceHostBuilder builder = DeviceHost.CreateBuilder().AddObject(_lamp);

        Assert.Contains("/3311/0", Assert.Throws<ArgumentException>(() => { builder.AddObject(_lamp); }).Message, StringComparison.Ordinal);
        Assert.Contains("AddObject", Assert.Throws<InvalidOperationException>(() => { _everything.GetPath(); }).Message, StringComparison.Ordinal);
    }

    private async Task StartAsync(Func<DeviceHostBuilder, DeviceHostBuilder> add)
    {
        _device = add(DeviceHost.CreateBuilder().UseEndpointName("device").UseServer(_server.Uri)).Build();
        _device.Start();
        await _device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private async Task<CoapCode> WriteAsync(string path, string text) =>
        (await SendAsync(DeviceRequest.Write(Lwm2mPath.Parse(path), ContentFormat.TextPlain, Encoding.UTF8.GetBytes(text)))).Code;

    private Task<string> ReadAsync(string path) => _server.ReadAsync("device", path);

    private async Task<DeviceResponse> SendAsync(DeviceRequest request) => await _server.Server.SendAsync(_server.Find("device"), request, TestContext.Current.CancellationToken);
}
