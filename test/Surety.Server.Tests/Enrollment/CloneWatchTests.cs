using Surety.Server.Features.Enrollment;
using Surety.Testing;

namespace Surety.Server.Tests.Enrollment;

public sealed class CloneWatchTests
{
    private static readonly EnrollmentFingerprint Device = new(new string('a', 64));

    private readonly ManualTime _time = new();

    [Fact]
    public void A_device_at_one_place_is_no_clone()
    {
        var watch = new CloneWatch(_time);
        for (var i = 0; i < 3; i++)
            Assert.Null(watch.See(Device, "192.0.2.1"));
        Assert.Null(watch.See(new EnrollmentFingerprint(new string('b', 64)), "192.0.2.2"));
    }

    [Fact]
    public void One_certificate_at_two_places_within_the_window_is()
    {
        var watch = new CloneWatch(_time);
        Assert.Null(watch.See(Device, "192.0.2.1"));
        _time.Advance(CloneWatch.Window);
        Assert.Equal("192.0.2.1", watch.See(Device, "192.0.2.2"));
        Assert.Equal("192.0.2.2", watch.See(Device, "192.0.2.1"));
    }

    [Fact]
    public void A_device_may_move()
    {
        var watch = new CloneWatch(_time);
        Assert.Null(watch.See(Device, "192.0.2.1"));
        _time.Advance(CloneWatch.Window + TimeSpan.FromSeconds(1));
        Assert.Null(watch.See(Device, "192.0.2.2"));
    }
}
