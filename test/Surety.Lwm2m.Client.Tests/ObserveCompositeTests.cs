using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class ObserveCompositeTests : ObserveFixture
{
    [Fact]
    public void Several_paths_are_observed_together()
    {
        // ETS 1.1-int-304.
        _server.WriteAttributes("/1/0/1?pmin=30&pmax=45");
        CoapResponse first = ObserveComposite("/1/0/1", "/3/0/11/0", "/3/0/16");
        Assert.NotNull(first.Observe);
        _start = _world.Now.TotalSeconds;

        _world.Run(46);

        ScriptedServer.Notification notification = Assert.Single(_server.Notifications);
        AssertTimes(45);
        Assert.Equal(ContentFormat.SenmlJson, notification.Response.ContentFormat);
        foreach (string value in new[] { "86400", "\"U\"", "1/0/1", "3/0/16" })
            Assert.Contains(value, notification.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_one_path_tells_all_not_sooner_than_any_wants()
    {
        _server.WriteAttributes("/3303/0/5700?pmin=30&pmax=45");
        ObserveComposite("/3303/0/5700", "/3306/0/5850");
        _start = _world.Now.TotalSeconds;

        _world.Run(1);
        _device.Client.Objects.FindInstance(Lwm2mPath.Parse("/3306/0"))![5850] = true;
        _world.Run(60);

        AssertTimes(30);
        Assert.Contains("true", _server.Notifications[0].Text, StringComparison.Ordinal);
        Assert.Contains("21.5", _server.Notifications[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_of_an_observe_composite_replace_attributes()
    {
        _server.WriteAttributes("/3303/0/5700?pmin=30&pmax=45");
        ObserveComposite("?pmin=2&pmax=10", "/3303/0/5700", "/3306/0/5850");
        _start = _world.Now.TotalSeconds;

        _device.Thermometer[5700] = 25.0;
        _world.Run(13);

        AssertTimes(2, 12);
    }

    [Fact]
    public void Thresholds_are_no_parameters_of_an_observe_composite() =>
        Assert.Equal(CoapCode.BadRequest, ObserveComposite("?gt=5", "/3303/0/5700").Code);

    [Fact]
    public void Observed_instances_may_come_and_go()
    {
        // ETS 1.1-int-308 and 309.
        _server.Post("/16", ContentFormat.SenmlJson, """[{"n":"/16/0/0/0","vs":"aa"}]"""u8.ToArray());
        _server.WriteAttributes("/16/0?pmin=30&pmax=45");
        CoapResponse first = ObserveComposite("/16/0", "/16/1");
        Assert.DoesNotContain("/16/1", first.Text, StringComparison.Ordinal);
        _start = _world.Now.TotalSeconds;

        _world.Run(46);
        _server.Post("/16", ContentFormat.SenmlJson, """[{"n":"/16/1/0/0","vs":"11"}]"""u8.ToArray());
        _world.Run(45);
        _server.Delete("/16/1");
        _world.Run(45);

        Assert.Equal([false, true, false], _server.Notifications.Select(n => n.Text.Contains("\"11\"", StringComparison.Ordinal)));
        double[] times = [.. _server.Notifications.Select(n => n.Time.TotalSeconds)];
        Assert.InRange(times[1] - times[0], 30, 45.1);
        Assert.InRange(times[2] - times[1], 30, 45.1);
    }

    [Fact]
    public void Attributes_that_change_take_effect_on_what_is_observed()
    {
        // ETS 1.1-int-310.
        ObserveComposite("/1/0/3", "/3/0");
        _world.Run(100);
        Assert.Empty(_server.Notifications);

        _server.WriteAttributes("/3?pmax=5");
        _world.Run(16);

        Assert.InRange(_server.Notifications.Count, 3, 4);
    }

    [Fact]
    public void An_observe_composite_is_taken_back_with_the_same_list()
    {
        // ETS 1.1-int-305.
        ObserveComposite("/3303/0/5700", "/3/0/16");

        CoapResponse last = _server.Fetch(
            ContentFormat.SenmlJson, """[{"n":"/3303/0/5700"},{"n":"/3/0/16"}]"""u8.ToArray(), observe: 1, token: Token);

        Assert.Contains("21.5", last.Text, StringComparison.Ordinal);
        Assert.Null(last.Observe);
        _device.Thermometer[5700] = 25.0;
        _world.Run(100);
        Assert.Empty(_server.Notifications);
    }
}
