using Surety.Coap;
using Surety.Lwm2m;
using Surety.Server.Features.Connect;
using Surety.Testing;

namespace Surety.Server.Tests.Connect;

/// <summary>What devices answered, while it is fresh (RFC 7252, 5.6.1), in bounded memory.</summary>
public sealed class ValueCacheTests
{
    private static readonly EntityId Device = new(1, 1);
    private static readonly EntityId Other = new(1, 2);
    private static readonly Lwm2mPath Temperature = Lwm2mPath.Parse("/3303/0/5700");

    private readonly ManualTime _time = new();

    [Fact]
    public void A_value_is_there_until_it_is_stale()
    {
        var cache = new ValueCache(_time);
        cache.Set(Device, Temperature, null, Value("1", 60));
        Assert.True(cache.TryGet(Device, Temperature, null, out _));
        Assert.False(cache.TryGet(Other, Temperature, null, out _));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(cache.TryGet(Device, Temperature, null, out _));
    }

    [Fact]
    public void A_value_that_must_not_be_cached_is_not()
    {
        var cache = new ValueCache(_time);
        cache.Set(Device, Temperature, null, Value("1", 0));
        Assert.False(cache.TryGet(Device, Temperature, null, out _));
    }

    [Fact]
    public void A_wanted_format_is_what_is_given_or_nothing()
    {
        var cache = new ValueCache(_time);
        cache.Set(Device, Temperature, null, Value("1", 60));
        Assert.True(cache.TryGet(Device, Temperature, ContentFormat.TextPlain, out _));
        Assert.False(cache.TryGet(Device, Temperature, ContentFormat.Lwm2mTlv, out _));
    }

    [Theory]
    [InlineData("/3303/0/5700", true)]
    [InlineData("/3303/0", true)]
    [InlineData("/3303", true)]
    [InlineData("/3303/0/5700/1", true)]
    [InlineData("/3303/0/5701", false)]
    [InlineData("/3303/1", false)]
    public void A_change_makes_old_what_it_touches(string changed, bool isGone)
    {
        var cache = new ValueCache(_time);
        cache.Set(Device, Temperature, null, Value("1", 60));
        cache.Set(Other, Temperature, null, Value("1", 60));
        cache.Invalidate(Device, Lwm2mPath.Parse(changed));
        Assert.NotEqual(isGone, cache.TryGet(Device, Temperature, null, out _));
        Assert.True(cache.TryGet(Other, Temperature, null, out _));
    }

    [Fact]
    public void The_least_recently_used_goes_when_there_is_no_room()
    {
        var cache = new ValueCache(_time, maxBytes: 3 * 1400);
        for (ushort i = 0; i < 3; i++)
            cache.Set(Device, new Lwm2mPath(i), null, Value(new string('x', 1000), 60));
        Assert.True(cache.TryGet(Device, new Lwm2mPath(0), null, out _));
        cache.Set(Device, new Lwm2mPath(3), null, Value(new string('x', 1000), 60));
        Assert.True(cache.TryGet(Device, new Lwm2mPath(0), null, out _));
        Assert.False(cache.TryGet(Device, new Lwm2mPath(1), null, out _));
        Assert.True(cache.TryGet(Device, new Lwm2mPath(3), null, out _));
    }

    private CachedValue Value(string text, int seconds) =>
        new(System.Text.Encoding.UTF8.GetBytes(text), ContentFormat.TextPlain, _time.GetUtcNow(), TimeSpan.FromSeconds(seconds));
}
