using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class OperationTests
{
    private readonly World _world = new();
    private readonly ScriptedServer _server;
    private readonly TestDevice _device;

    public OperationTests()
    {
        _server = new ScriptedServer(_world);
        _device = new TestDevice(_world, _server);
        _device.Client.Objects.Add(new Lwm2mObject(16) { AllowsCreate = true, AllowsDelete = true });
        _device.Start();
    }

    [Fact]
    public void Executes_at_once()
    {
        _device.Thermometer[5700] = 30.0;

        Assert.Equal(CoapCode.Changed, _server.Execute("/3303/0/5605").Code);

        Assert.Equal(30.0, _device.Thermometer[5601].AsFloat());
    }

    [Fact]
    public void What_takes_long_is_answered_when_it_is_done()
    {
        var done = new TaskCompletionSource();
        _device.Thermometer.OnExecute(5605, async (_, _) => await done.Task);
        DirectRequest execute = _server.Begin(new CoapRequest(CoapCode.Post, "/3303/0/5605"));
        _world.Run(30);
        Assert.Null(execute.Response);

        done.SetResult();

        _world.RunUntil(() => execute.Response is not null);
        Assert.Equal(CoapCode.Changed, execute.Response!.Code);
    }

    [Fact]
    public void Arguments_reach_the_application()
    {
        ExecuteArguments? seen = null;
        _device.Thermometer.OnExecute(5605, (arguments, _) =>
        {
            seen = arguments;
            return ValueTask.CompletedTask;
        });

        Assert.Equal(CoapCode.Changed, _server.Execute("/3303/0/5605", "2='10.3',7").Code);

        Assert.Equal("10.3", seen![2]);
        Assert.True(seen.Contains(7));
        Assert.Null(seen[7]);
        Assert.Equal(2, seen.Count);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("5,5")]
    [InlineData("5='x")]
    [InlineData("5='a\"b'")]
    [InlineData("5='a\\b'")]
    [InlineData("5,")]
    [InlineData("10")]
    [InlineData("5='a'b")]
    [InlineData("5=a")]
    [InlineData("5='ä'")]
    public void Arguments_that_break_the_grammar_are_a_bad_request(string arguments) =>
        Assert.Equal(CoapCode.BadRequest, _server.Execute("/3303/0/5605", arguments).Code);

    [Theory]
    [InlineData("5")]
    [InlineData("2='10.3'")]
    [InlineData("7,0='https://www.omaspecworks.org'")]
    [InlineData("7,0=' <https://www.omaspecworks.org>'")]
    [InlineData("0,1,2,3,4")]
    public void The_examples_of_the_specification_are_arguments(string arguments) =>
        Assert.True(ExecuteArguments.TryParse(Encoding.UTF8.GetBytes(arguments), out _, out string? reason), reason);

    [Theory]
    [InlineData("/3/0/0", "4.05")]
    [InlineData("/3303/0/5700", "4.05")]
    [InlineData("/3/0/5", "4.04")]
    [InlineData("/3303/1/5605", "4.04")]
    [InlineData("/3303/0/4711", "4.04")]
    public void What_is_not_executable_is_not_executed(string path, string code) => Assert.Equal(code, _server.Execute(path).Code.ToString());

    [Fact]
    public void An_execute_is_of_a_resource_alone()
    {
        Assert.Equal(CoapCode.UnsupportedContentFormat, _server.Execute("/3303/0").Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Execute("/3/0/11/0").Code);
        Assert.Equal(CoapCode.BadRequest, _server.Post("/3303/0/5605", ContentFormat.Lwm2mTlv, [1]).Code);
    }

    [Fact]
    public void A_failure_is_answered_as_the_application_says()
    {
        _device.Thermometer.OnExecute(5605, (_, _) => throw new CoapException(CoapCode.ServiceUnavailable, "warming up"));
        Assert.Equal("5.03 warming up", _server.Execute("/3303/0/5605").ToString());

        _device.Thermometer.OnExecute(5605, async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException("secret");
        });
        CoapResponse response = _server.Execute("/3303/0/5605");
        Assert.Equal(CoapCode.InternalServerError, response.Code);
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reboot_is_answered_first()
    {
        Assert.Equal(CoapCode.Changed, _server.Execute("/3/0/4").Code);

        Assert.Equal(0, _device.Reboots);
        _world.RunUntil(() => _device.Reboots == 1, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Errors_come_and_go_as_instances()
    {
        Assert.Equal("0", _server.Get("/3/0/11/0").Text);

        _device.Device.RaiseError(1);
        _device.Device.RaiseError(7);
        Assert.Equal("1", _server.Get("/3/0/11/0").Text);
        Assert.Equal("7", _server.Get("/3/0/11/1").Text);
        _device.Device.ClearError(1);
        Assert.Equal("7", _server.Get("/3/0/11/0").Text);
        Assert.Equal(CoapCode.NotFound, _server.Get("/3/0/11/1").Code);

        Assert.Equal(CoapCode.Changed, _server.Execute("/3/0/12").Code);
        Assert.Equal("0", _server.Get("/3/0/11/0").Text);
    }

    [Fact]
    public void A_created_instance_is_there_and_told()
    {
        // ETS 1.0-int-1630: instance 1 with four identities.
        CoapResponse response = _server.Post("/16", ContentFormat.Lwm2mTlv, Convert.FromHexString("0801" + "11" + "88000E" + "410061" + "410162" + "42026363" + "42036464"));

        Assert.Equal(CoapCode.Created, response.Code);
        Assert.Equal("/16/1", response.LocationPath);
        Assert.Equal("cc", _server.Get("/16/1/0/2").Text);
        _world.RunUntil(() => _server.Updates.Any());
        Assert.EndsWith("</16/1>,</3303>;ver=1.1,</3303/0>", _server.Updates.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_client_chooses_an_id_that_is_left_open()
    {
        Assert.Equal("/16/0", _server.Post("/16", ContentFormat.Lwm2mTlv, Convert.FromHexString("86004100614101" + "62")).LocationPath);
        Assert.Equal("/16/1", _server.Post("/16", ContentFormat.Lwm2mTlv, Convert.FromHexString("86004100614101" + "62")).LocationPath);
    }

    [Fact]
    public void A_created_instance_needs_its_mandatory_values()
    {
        CoapResponse response = _server.Post("/16", ContentFormat.Lwm2mTlv, Convert.FromHexString("080100"));

        Assert.Equal(CoapCode.BadRequest, response.Code);
        Assert.Contains("Identity", response.Text, StringComparison.Ordinal);
        Assert.Equal(CoapCode.NotFound, _server.Get("/16/1").Code);
    }

    [Fact]
    public void An_id_that_is_taken_is_a_bad_request()
    {
        _server.Post("/16", ContentFormat.SenmlJson, """[{"n":"/16/3/0/0","vs":"a"}]"""u8.ToArray());

        Assert.Equal(CoapCode.BadRequest, _server.Post("/16", ContentFormat.SenmlJson, """[{"n":"/16/3/0/0","vs":"b"}]"""u8.ToArray()).Code);
        Assert.Equal("a", _server.Get("/16/3/0/0").Text);
    }

    [Fact]
    public void Values_that_servers_cannot_write_are_passed_over_in_a_create()
    {
        CoapResponse response = _server.Post("/16", ContentFormat.SenmlJson, """[{"bn":"/16/0/","n":"0/0","vs":"a"},{"n":"2/0","vd":"AQI"}]"""u8.ToArray());

        Assert.Equal(CoapCode.Created, response.Code);
        Assert.Equal(CoapCode.NotFound, _server.Get("/16/0/2").Code);
    }

    [Theory]
    [InlineData("/3", "4.05")]
    [InlineData("/3303", "4.05")]
    [InlineData("/1", "4.05")]
    [InlineData("/9", "4.04")]
    public void Objects_that_do_not_allow_it_get_no_instances(string path, string code) =>
        Assert.Equal(code, _server.Post(path, ContentFormat.Lwm2mTlv, [0x08, 0x05, 0x00]).Code.ToString());

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(320)]
    public void A_create_in_another_format_is_not_supported(ushort format) =>
        Assert.Equal(CoapCode.UnsupportedContentFormat, _server.Post("/16", new ContentFormat(format), "1"u8.ToArray()).Code);

    [Fact]
    public void Servers_cannot_create_without_end()
    {
        for (int i = 0; i < 64; i++)
            Assert.Equal(CoapCode.Created, _server.Post("/16", ContentFormat.Lwm2mTlv, Convert.FromHexString("86004100614101" + "62")).Code);

        Assert.Equal(CoapCode.MethodNotAllowed, _server.Post("/16", ContentFormat.Lwm2mTlv, Convert.FromHexString("86004100614101" + "62")).Code);
    }

    [Fact]
    public void A_deleted_instance_is_gone_and_told()
    {
        _server.Post("/16", ContentFormat.SenmlJson, """[{"n":"/16/3/0/0","vs":"a"}]"""u8.ToArray());
        _world.RunUntil(() => _server.Updates.Count() == 1);

        Assert.Equal(CoapCode.Deleted, _server.Delete("/16/3").Code);

        Assert.Equal(CoapCode.NotFound, _server.Get("/16/3").Code);
        Assert.Equal(CoapCode.NotFound, _server.Delete("/16/3").Code);
        _world.RunUntil(() => _server.Updates.Count() == 2);
        Assert.EndsWith("</16>,</3303>;ver=1.1,</3303/0>", _server.Updates.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instance_of_a_resource_can_be_deleted_when_it_is_not_the_last_that_must_be()
    {
        _server.Post("/16", ContentFormat.SenmlJson, """[{"n":"/16/3/0/0","vs":"a"},{"n":"/16/3/0/1","vs":"b"}]"""u8.ToArray());

        Assert.Equal(CoapCode.Deleted, _server.Delete("/16/3/0/1").Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Delete("/16/3/0/0").Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Delete("/3/0/11/0").Code);
        Assert.Equal(CoapCode.NotFound, _server.Delete("/16/3/0/1").Code);
    }

    [Theory]
    [InlineData("/3303/0")]
    [InlineData("/3/0")]
    public void What_must_stay_is_not_deleted(string path) => Assert.Equal(CoapCode.MethodNotAllowed, _server.Delete(path).Code);

    [Fact]
    public void Derived_objects_make_and_take_back_their_instances()
    {
        var objects = new CountingObject(ObjectModelRegistry.Default.Find(3303)!) { AllowsCreate = true, AllowsDelete = true };
        _device.Client.Objects.Remove(3303);
        _device.Client.Objects.Add(objects);

        // Sensor Value is mandatory and read-only: the client must give it.
        Assert.Equal(CoapCode.Created, _server.Post("/3303", ContentFormat.SenmlJson, """[{"n":"/3303/4/5750","vs":"boiler"}]"""u8.ToArray()).Code);
        Assert.Equal("20.5", _server.Get("/3303/4/5700").Text);
        Assert.Equal("boiler", _server.Get("/3303/4/5750").Text);
        _server.Delete("/3303/4");

        Assert.Equal(["created 4", "deleted 4"], objects.Events);
    }

    private sealed class CountingObject(ObjectModel model) : Lwm2mObject(model)
    {
        public List<string> Events { get; } = [];

        protected internal override ObjectInstance OnCreate(ushort id) => new(Model, id) { [5700] = 20.5 };

        protected internal override void OnCreated(ObjectInstance instance) => Events.Add($"created {instance.Id}");

        protected internal override void OnDeleted(ObjectInstance instance) => Events.Add($"deleted {instance.Id}");
    }
}
