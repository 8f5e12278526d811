using System.Globalization;
using System.Runtime.CompilerServices;

namespace Surety.Lwm2m.Tests.Values;

public sealed class ResourceValueTests
{
    [Fact]
    public void A_value_keeps_its_type_and_content()
    {
        Assert.Equal((ResourceType.String, "text"), (ResourceValue.FromString("text").Type, ResourceValue.FromString("text").AsString()));
        Assert.Equal((ResourceType.Integer, long.MinValue), (ResourceValue.FromInteger(long.MinValue).Type, ResourceValue.FromInteger(long.MinValue).AsInteger()));
        Assert.Equal(ulong.MaxValue, ResourceValue.FromUnsigned(ulong.MaxValue).AsUnsigned());
        Assert.Equal(double.Epsilon, ResourceValue.FromFloat(double.Epsilon).AsFloat());
        Assert.True(ResourceValue.FromBoolean(true).AsBoolean());
        Assert.Equal([1, 2], ResourceValue.FromOpaque(new byte[] { 0, 1, 2, 3 }.AsMemory(1, 2)).AsOpaque().ToArray());
        Assert.Equal(1367491215, ResourceValue.FromTime(1367491215).AsTime());
        Assert.Equal(new ObjectLink(3, 65535), ResourceValue.FromObjectLink(new ObjectLink(3, 65535)).AsObjectLink());
        Assert.Equal("</3/0>", ResourceValue.FromCoreLink("</3/0>").AsCoreLink());
        Assert.Equal(ResourceType.None, default(ResourceValue).Type);
        Assert.True(default(ResourceValue).IsNone);
        Assert.True(ResourceValue.Null.IsNull);
        Assert.False(ResourceValue.Null.IsNone);
    }

    [Fact]
    public void Times_have_fractions()
    {
        Assert.Equal(1367491215.25, ResourceValue.FromTime(1367491215.25).AsTimeSeconds());
        Assert.Equal(1367491215, ResourceValue.FromTime(1367491215.25).AsTime());
        Assert.Equal(-2, ResourceValue.FromTime(-1.5).AsTime());
        Assert.Equal(ResourceValue.FromTime(5), ResourceValue.FromTime(5.0));
        Assert.Equal(ResourceValue.FromTime(1367491215), ResourceValue.FromTime(DateTimeOffset.Parse("2013-05-02T12:40:15+02:00", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void An_accessor_of_another_type_throws()
    {
        ResourceValue value = ResourceValue.FromInteger(1);
        Assert.Throws<InvalidOperationException>(() => value.AsString());
        Assert.Throws<InvalidOperationException>(() => value.AsUnsigned());
        Assert.Throws<InvalidOperationException>(() => value.AsFloat());
        Assert.Throws<InvalidOperationException>(() => value.AsBoolean());
        Assert.Throws<InvalidOperationException>(() => value.AsOpaque());
        Assert.Throws<InvalidOperationException>(() => value.AsTime());
        Assert.Throws<InvalidOperationException>(() => value.AsObjectLink());
        Assert.Throws<InvalidOperationException>(() => value.AsCoreLink());
        Assert.Throws<InvalidOperationException>(() => ResourceValue.FromString("1").AsInteger());
        Assert.Throws<InvalidOperationException>(() => default(ResourceValue).AsInteger());
    }

    [Fact]
    public void Equality_is_that_of_type_and_content()
    {
        ResourceValue[] different =
        [
            default, ResourceValue.Null, 0L, 1L, ResourceValue.FromUnsigned(1), 1.0, true, false, "1", ResourceValue.FromCoreLink("1"), "",
            ResourceValue.FromTime(1), ResourceValue.FromTime(1.5), 1.5, ResourceValue.FromOpaque(new byte[] { 1 }), ResourceValue.FromOpaque(default),
            ResourceValue.FromObjectLink(new ObjectLink(0, 1)), double.NaN,
        ];
        for (int i = 0; i < different.Length; i++)
        {
            for (int j = 0; j < different.Length; j++) Assert.Equal(i == j, different[i].Equals(different[j]));
        }

        Assert.Equal(ResourceValue.FromOpaque(new byte[] { 1, 2 }), ResourceValue.FromOpaque(new byte[] { 0, 1, 2 }.AsMemory(1)));
        Assert.Equal(
            ResourceValue.FromOpaque(new byte[] { 1, 2 }).GetHashCode(),
            ResourceValue.FromOpaque(new byte[] { 0, 1, 2 }.AsMemory(1)).GetHashCode());
        Assert.Equal(different.Length, different.ToHashSet().Count);
        Assert.True(ResourceValue.FromString(string.Concat("a", "b")) == "ab");
        Assert.True(ResourceValue.FromString("a") != "b");
    }

    [Fact]
    public void A_value_is_16_bytes_and_an_entry_32() =>
        Assert.Equal((16, 32), (Unsafe.SizeOf<ResourceValue>(), Unsafe.SizeOf<ResourceEntry>()));

    [Fact]
    public void Numbers_are_not_boxed()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        double sum = 0;
        for (int i = 0; i < 100; i++)
        {
            ResourceEntry entry = new(new Lwm2mPath(3, 0, 9), i, i);
            sum += entry.Value.AsInteger() + entry.Timestamp!.Value + ResourceValue.FromFloat(i).AsFloat();
            Assert.True(entry.Value.Equals(ResourceValue.FromInteger(i)));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(3 * 4950, sum);
    }

    [Fact]
    public void An_entry_without_time_says_so()
    {
        Assert.Null(default(ResourceEntry).Timestamp);
        Assert.Null(ResourceEntry.OfPath(new Lwm2mPath(3)).Timestamp);
        Assert.Equal(0, new ResourceEntry(new Lwm2mPath(3), 1, 0).Timestamp);
        Assert.Equal("/3/0/9=5 @1.5", new ResourceEntry(new Lwm2mPath(3, 0, 9), 5, 1.5).ToString());
        Assert.Equal("/3/0/9=5", new ResourceEntry(new Lwm2mPath(3, 0, 9), 5).ToString());
        Assert.NotEqual(new ResourceEntry(new Lwm2mPath(3, 0, 9), 5), new ResourceEntry(new Lwm2mPath(3, 0, 9), 5, 1));
    }

    [Theory]
    [InlineData(5L, ResourceType.Float, "5.0")]
    [InlineData(5L, ResourceType.Time, "5")]
    [InlineData(5L, ResourceType.UnsignedInteger, "5")]
    [InlineData(-5L, ResourceType.UnsignedInteger, null)]
    [InlineData(1L, ResourceType.Boolean, "1")]
    [InlineData(2L, ResourceType.Boolean, null)]
    [InlineData(5.0, ResourceType.Integer, "5")]
    [InlineData(5.5, ResourceType.Integer, null)]
    [InlineData(5.5, ResourceType.Time, "5.5")]
    [InlineData(9007199254740992.0, ResourceType.Integer, "9007199254740992")]
    [InlineData(9223372036854775808.0, ResourceType.UnsignedInteger, null)]
    [InlineData(-9223372036854775808.0, ResourceType.Integer, null)]
    [InlineData(double.NaN, ResourceType.Integer, null)]
    [InlineData(double.PositiveInfinity, ResourceType.Time, null)]
    [InlineData("3:0", ResourceType.ObjectLink, "3:0")]
    [InlineData("3", ResourceType.ObjectLink, null)]
    [InlineData("</3>", ResourceType.CoreLink, "</3>")]
    [InlineData("5", ResourceType.Integer, null)]
    [InlineData("x", ResourceType.Opaque, null)]
    [InlineData(true, ResourceType.Integer, null)]
    public void A_value_is_converted_when_nothing_is_lost(object from, ResourceType type, string? expected)
    {
        ResourceValue value = from switch
        {
            long number => number,
            double number => number,
            bool truth => truth,
            _ => (string)from,
        };
        Assert.Equal(expected is not null, value.TryConvert(type, out ResourceValue converted));
        if (expected is not null) Assert.Equal((type, expected), (converted.Type, converted.ToString()));
    }

    [Fact]
    public void Large_unsigned_integers_are_no_signed_ones()
    {
        Assert.False(ResourceValue.FromUnsigned(ulong.MaxValue).TryConvert(ResourceType.Integer, out _));
        Assert.True(ResourceValue.FromUnsigned(long.MaxValue).TryConvert(ResourceType.Integer, out ResourceValue value));
        Assert.Equal(long.MaxValue, value.AsInteger());
        Assert.True(ResourceValue.FromObjectLink(new ObjectLink(3, 0)).TryConvert(ResourceType.String, out value));
        Assert.Equal("3:0", value.AsString());
        Assert.True(ResourceValue.FromCoreLink("<>").TryConvert(ResourceType.String, out value));
        Assert.Equal("<>", value.AsString());
    }

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(-123.125, "-123.125")]
    [InlineData(6.667e-11, "0.00000000006667")]
    [InlineData(1e19, "10000000000000000000.0")]
    [InlineData(1.5e300, "15")]
    [InlineData(1e-7, "0.0000001")]
    [InlineData(123456789012345680, "123456789012345680.0")]
    [InlineData(9.223372e-13, "0.0000000000009223372")]
    [InlineData(double.MaxValue, "17976931348623157")]
    [InlineData(double.Epsilon, "0.0")]
    public void Floats_are_written_without_exponent_and_read_back(double number, string start)
    {
        string text = ResourceValue.FromFloat(number).ToString();
        Assert.StartsWith(start, text);
        Assert.DoesNotContain("E", text);
        Assert.True(ResourceValue.TryParse(ResourceType.Float, text, out ResourceValue value));
        Assert.Equal(number, value.AsFloat());
    }

    [Theory]
    [InlineData(ResourceType.Integer, "-5", true)]
    [InlineData(ResourceType.Integer, "٥", false)]
    [InlineData(ResourceType.Boolean, "1", true)]
    [InlineData(ResourceType.None, "", true)]
    [InlineData(ResourceType.None, "x", false)]
    [InlineData(ResourceType.String, "é", true)]
    [InlineData(ResourceType.CoreLink, "</>", true)]
    public void Text_of_characters_is_read(ResourceType type, string text, bool isValid)
    {
        Assert.Equal(isValid, ResourceValue.TryParse(type, text, out ResourceValue value));
        if (isValid) Assert.Equal(text, value.ToString());
    }

    [Theory]
    [InlineData("0:0", true)]
    [InlineData("10:20", true)]
    [InlineData("65535:65535", true)]
    [InlineData("", false)]
    [InlineData(":", false)]
    [InlineData("0:", false)]
    [InlineData(":0", false)]
    [InlineData("65536:65535", false)]
    [InlineData("65535:65536", false)]
    [InlineData("1:2:3", false)]
    [InlineData("1:-2", false)]
    [InlineData("1:é", false)]
    [InlineData("65535:655350", false)]
    public void Object_links_are_read_and_written(string text, bool isValid)
    {
        Assert.Equal(isValid, ObjectLink.TryParse(text, out ObjectLink link));
        if (isValid) Assert.Equal(text, link.ToString());
    }
}
