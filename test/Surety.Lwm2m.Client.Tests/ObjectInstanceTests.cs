namespace Surety.Lwm2m.Client.Tests;

public sealed class ObjectInstanceTests
{
    [Fact]
    public void Values_take_the_type_of_the_definition()
    {
        var instance = new ObjectInstance(3303) { [5700] = 21 };

        Assert.Equal(ResourceType.Float, instance[5700].Type);
        Assert.Equal(21.0, instance[5700].AsFloat());
    }

    [Fact]
    public void A_value_of_another_type_is_refused()
    {
        var instance = new ObjectInstance(3306);

        Assert.Throws<ArgumentException>(() => instance[5850] = "on");
        Assert.Throws<ArgumentException>(() => instance[5851] = 1.5);
        Assert.False(instance.Contains(5850));
    }

    [Fact]
    public void A_resource_that_the_object_does_not_define_is_refused()
    {
        var instance = new ObjectInstance(3303);

        Assert.Throws<ArgumentException>(() => instance[4711] = 1);
        Assert.Throws<ArgumentException>(() => instance[5700, 0] = 1.0);
        Assert.Throws<ArgumentException>(() => instance[5605] = 1);
        Assert.Throws<ArgumentException>(() => instance.OnExecute(5700, () => { }));
        Assert.Throws<ArgumentException>(() => instance.Computed(5605, () => 1.0));
        Assert.Throws<ArgumentException>(() => new ObjectInstance(3)[11] = 0);
    }

    [Fact]
    public void An_object_that_nobody_described_needs_a_description()
    {
        Assert.Throws<ArgumentException>(() => new ObjectInstance(31_999));

        var model = new ObjectModel(
            31_999, ObjectVersion.Default, new ObjectVersion(1, 0), "Mine", true, false,
            [new ResourceModel(1, "Value", ResourceOperations.Read, false, true, ResourceType.Integer, "", "")]);
        Assert.Equal(7, new ObjectInstance(model) { [1] = 7 }[1].AsInteger());
    }

    [Fact]
    public void None_takes_a_value_away()
    {
        var instance = new ObjectInstance(3) { [0] = "x", [11, 0] = 0, [11, 1] = 3 };

        instance[0] = ResourceValue.None;
        instance[11, 0] = ResourceValue.None;

        Assert.False(instance.Contains(0));
        Assert.True(instance[11, 0].IsNone);
        Assert.Equal(3, instance[11, 1].AsInteger());
    }

    [Fact]
    public void Computed_values_are_computed_when_they_are_read()
    {
        double value = 1;
        ObjectInstance instance = new ObjectInstance(3303).Computed(5700, () => value);

        value = 2;

        Assert.Equal(2, instance[5700].AsFloat());
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        var instance = new ObjectInstance(3303);
        Assert.Equal([(ushort)5700], instance.MissingResources().Select(r => r.Id));

        instance[5700] = 1.0;

        Assert.Empty(instance.MissingResources());
    }

    [Fact]
    public void Ids_are_given_once()
    {
        var item = new Lwm2mObject(3303);
        item.Add(new ObjectInstance(3303, 1));

        Assert.Throws<ArgumentException>(() => item.Add(new ObjectInstance(3303, 1)));
        Assert.Throws<ArgumentException>(() => item.Add(new ObjectInstance(3306, 2)));
        var device = new Lwm2mObject(3);
        device.Add(new ObjectInstance(3));
        Assert.Throws<ArgumentException>(() => device.Add(new ObjectInstance(3, 1)));
        Assert.Throws<ArgumentException>(() => new Lwm2mObject(3303).Add(item.Find(1)!));
    }

    [Fact]
    public void Instances_are_in_the_order_of_their_ids()
    {
        var item = new Lwm2mObject(3303);
        foreach (ushort id in new ushort[] { 5, 1, 3 })
            item.Add(new ObjectInstance(3303, id));

        Assert.Equal([1, 3, 5], item.Instances.Select(i => (int)i.Id));
        Assert.True(item.Remove(3));
        Assert.False(item.Remove(3));
        Assert.Equal([1, 5], item.Instances.Select(i => (int)i.Id));
    }

    [Theory]
    [InlineData("0..100", 0, true)]
    [InlineData("0..100", 100, true)]
    [InlineData("0..100", 101, false)]
    [InlineData("0-255", 256, false)]
    [InlineData("-128..127", -129, false)]
    [InlineData("-128..127", -128, true)]
    [InlineData("-20--10", -15, true)]
    [InlineData("-20--10", -9, false)]
    [InlineData("1-65535", 0, false)]
    [InlineData("The possible values are listed", 7, true)]
    [InlineData("0,1,2", 7, true)]
    [InlineData("8 bit", 1000, true)]
    [InlineData("", 7, true)]
    [InlineData("-", 7, true)]
    [InlineData("..", 7, true)]
    public void Ranges_that_a_machine_can_read_count(string range, long value, bool isInside)
    {
        var model = new ResourceModel(0, "x", ResourceOperations.Write, false, true, ResourceType.Integer, range, "");

        Assert.Equal(isInside, ResourceRange.Contains(model, value));
        Assert.Equal(isInside, ResourceRange.Contains(model with { Type = ResourceType.Float }, (double)value));
    }

    [Fact]
    public void Of_texts_and_octets_a_range_is_the_length_in_octets()
    {
        var text = new ResourceModel(0, "x", ResourceOperations.Write, false, true, ResourceType.String, "1..4", "");

        Assert.True(ResourceRange.Contains(text, "äö"));
        Assert.False(ResourceRange.Contains(text, "äöü"));
        Assert.False(ResourceRange.Contains(text, ""));
        Assert.True(ResourceRange.Contains(text with { Type = ResourceType.Opaque }, ResourceValue.FromOpaque(new byte[4])));
        Assert.False(ResourceRange.Contains(text with { Type = ResourceType.Opaque }, ResourceValue.FromOpaque(new byte[5])));
        // "0-255 bytes" and the like say many things.
        Assert.True(ResourceRange.Contains(text with { Range = "1-2" }, "abcdef"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://x")]
    [InlineData("coap://")]
    public void An_account_needs_a_uri(string uri) => Assert.Throws<FormatException>(() => new ServerAccount(uri));

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        var good = new Lwm2mClientOptions { Servers = [new ServerAccount("coap://x")] };
        good.Validate();

        Lwm2mClientOptions[] bad =
        [
            good with { Servers = [] },
            good with { Servers = [good.Servers[0], new ServerAccount("coap://y")] },
            good with { Servers = [new ServerAccount("coap://x") { ShortServerId = 0 }] },
            good with { EndpointName = "" },
            good with { EndpointName = new string('x', 256) },
            good with { AlternatePath = "x" },
            good with { AlternatePath = "/x/" },
            good with { Version = Lwm2mVersion.V10, LowestVersion = Lwm2mVersion.V11 },
            good with { AwakeTime = TimeSpan.Zero },
            good with { Retry = new RetryPolicy { Jitter = 2 } },
        ];
        Assert.All(bad, options => Assert.ThrowsAny<ArgumentException>(options.Validate));
    }
}
