using Surety.Lwm2m.Tests.Formats;

namespace Surety.Lwm2m.Tests.Model;

public sealed class ObjectModelRegistryTests
{
    private static readonly ObjectModelRegistry Registry = ObjectModelRegistry.Default;

    [Fact]
    public void The_newest_version_is_the_default()
    {
        // OMA's registry: Device 1.0 to 1.2.
        ObjectModel device = Registry.Find(CoreObjects.Device)!;
        Assert.Equal("3 (1.2) Device", device.ToString());
        Assert.Equal(new ObjectVersion(1, 1), device.Lwm2mVersion);
        Assert.False(device.IsMultiple);
        Assert.True(device.IsMandatory);
        Assert.Equal(["1.0", "1.1", "1.2"], Registry.Versions(3).Select(v => v.ToString()));
        Assert.Same(device, Registry.Find(CoreObjects.Device));
    }

    [Fact]
    public void Resources_have_what_their_definition_says()
    {
        ObjectModel device = Registry.Find(3)!;
        ResourceModel battery = device.Find(9)!;
        Assert.Equal(
            new ResourceModel(9, "Battery Level", ResourceOperations.Read, false, false, ResourceType.Integer, "0..100", "/100"),
            battery);
        Assert.True(device.Find(4)!.IsExecutable);
        Assert.Equal(ResourceType.None, device.Find(4)!.Type);
        Assert.True(device.Find(6)!.IsMultiple);
        Assert.Equal(ResourceType.Time, device.Find(13)!.Type);
        Assert.True(device.Find(13) is { IsReadable: true, IsWritable: true, IsExecutable: false });
        Assert.Equal(ResourceType.ObjectLink, device.Find(22)!.Type);
        Assert.Null(device.Find(23 + 100));
        Assert.Equal(device.Resources.Select(r => r.Id).Order(), device.Resources.Select(r => r.Id));
        Assert.Equal(ResourceOperations.None, Registry.Find(0)!.Find(5)!.Operations);
        Assert.Equal(ResourceType.UnsignedInteger, Registry.Find(0)!.Find(16)!.Type);
        Assert.Equal(ResourceType.CoreLink, Registry.Find(3442)!.Find(180)!.Type);
    }

    [Fact]
    public void Versions_are_found_exactly_or_nearly()
    {
        Assert.True(Registry.TryFindExactly(3, new ObjectVersion(1, 0), out ObjectModel? first));
        Assert.Equal(new ObjectVersion(1, 0), first.Version);
        Assert.False(Registry.TryFindExactly(3, new ObjectVersion(1, 9), out _));
        Assert.Equal(new ObjectVersion(1, 2), Registry.Find(3, new ObjectVersion(1, 9))!.Version);
        Assert.Equal(new ObjectVersion(1, 1), Registry.Find(21, new ObjectVersion(1, 7))!.Version);
        Assert.Equal(new ObjectVersion(2, 0), Registry.Find(21, new ObjectVersion(3, 0))!.Version);
        Assert.Null(Registry.Find(42_800));
        Assert.Null(Registry.Find(42_800, ObjectVersion.Default));
        Assert.Empty(Registry.Versions(42_800));
    }

    [Fact]
    public void A_resource_that_the_named_version_lacks_is_taken_from_the_newest()
    {
        Assert.Null(Registry.Find(4, ObjectVersion.Default)!.Find(12));
        Assert.Equal("Coverage Enhancement Level", Registry.FindResource(4, ObjectVersion.Default, 13)!.Name);
        Assert.Null(Registry.FindResource(4, ObjectVersion.Default, 999));
        Assert.Null(Registry.FindResource(42_800, ObjectVersion.Default, 0));
    }

    [Fact]
    public void Every_definition_of_the_registry_can_be_read()
    {
        int definitions = 0;
        int resources = 0;
        foreach (ushort id in Registry.ObjectIds())
        {
            foreach (ObjectVersion version in Registry.Versions(id))
            {
                Assert.True(Registry.TryFindExactly(id, version, out ObjectModel? model));
                Assert.Equal((id, version), (model.Id, model.Version));
                Assert.NotEmpty(model.Name);
                Assert.All(model.Resources, r => Assert.Same(r, model.Find(r.Id)));
                definitions++;
                resources += model.Resources.Count;
            }
        }

        Assert.Equal((424, 4506), (definitions, resources));
    }

    [Fact]
    public void An_overlay_wins_over_what_lies_below_and_leaves_the_rest()
    {
        ObjectModel own = new(3, new ObjectVersion(1, 2), ObjectVersion.Default, "My Device", false, true, []);
        ObjectModel next = new(40_000, ObjectVersion.Default, ObjectVersion.Default, "Mine", true, false, []);
        ObjectModelRegistry overlay = Registry.With([own, next]);
        Assert.Same(own, overlay.Find(3));
        Assert.Same(own, overlay.Find(3, new ObjectVersion(1, 2)));
        Assert.Equal("Device", overlay.Find(3, new ObjectVersion(1, 0))!.Name);
        Assert.Same(next, overlay.Find(40_000));
        Assert.Equal("LwM2M Server", overlay.Find(1)!.Name);
        Assert.Contains((ushort)40_000, overlay.ObjectIds());
        Assert.Null(Registry.Find(40_000));
        Assert.Equal("Device", Registry.Find(3)!.Name);
        Assert.Equal(["1.0", "1.1", "1.2"], overlay.Versions(3).Select(v => v.ToString()));
    }

    [Fact]
    public void Of_two_own_definitions_the_newer_is_the_default_and_the_later_of_a_version_wins()
    {
        ObjectModel old = new(40_000, new ObjectVersion(1, 0), ObjectVersion.Default, "Old", true, false, []);
        ObjectModel newer = new(40_000, new ObjectVersion(1, 1), ObjectVersion.Default, "New", true, false, []);
        ObjectModel again = new(40_000, new ObjectVersion(1, 1), ObjectVersion.Default, "Again", true, false, []);
        Assert.Same(newer, ObjectModelRegistry.Empty.With([newer, old]).Find(40_000));
        Assert.Same(again, ObjectModelRegistry.Empty.With([newer, again]).Find(40_000));
        Assert.Same(old, ObjectModelRegistry.Empty.With([newer, old]).Find(40_000, new ObjectVersion(1, 0)));
        Assert.Null(ObjectModelRegistry.Empty.Find(3));
    }

    [Fact]
    public void A_definition_that_was_read_is_found_again_without_allocation()
    {
        Registry.FindResource(3303, ObjectVersion.Default, 5700);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Registry.FindResource(3303, ObjectVersion.Default, 5700);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Definitions_are_read_by_many_threads_at_once()
    {
        ushort[] ids = [.. Registry.ObjectIds()];
        ObjectModelRegistry overlay = Registry.With([Contents.Define(40_000)]);
        Parallel.For(0, 64, i =>
        {
            foreach (ushort id in ids) Assert.Equal(id, overlay.Find(id)!.Id);
        });
    }

    [Theory]
    // Core TS 1.2.2, Table E-1, and that of TS 1.1.1.
    [InlineData(Lwm2mVersion.V10, 3, "1.0")]
    [InlineData(Lwm2mVersion.V11, 0, "1.1")]
    [InlineData(Lwm2mVersion.V11, 2, "1.0")]
    [InlineData(Lwm2mVersion.V11, 3, "1.1")]
    [InlineData(Lwm2mVersion.V11, 4, "1.2")]
    [InlineData(Lwm2mVersion.V11, 5, "1.0")]
    [InlineData(Lwm2mVersion.V11, 21, "1.0")]
    [InlineData(Lwm2mVersion.V12, 1, "1.2")]
    [InlineData(Lwm2mVersion.V12, 2, "1.1")]
    [InlineData(Lwm2mVersion.V12, 4, "1.3")]
    [InlineData(Lwm2mVersion.V12, 5, "1.1")]
    [InlineData(Lwm2mVersion.V12, 6, "1.0")]
    [InlineData(Lwm2mVersion.V12, 21, "2.0")]
    [InlineData(Lwm2mVersion.V12, 3303, "1.0")]
    public void The_enabler_implies_the_versions_of_its_objects(Lwm2mVersion version, int objectId, string expected) =>
        Assert.Equal(expected, CoreObjects.ImpliedVersion(version, (ushort)objectId).ToString());

    [Fact]
    public void Objects_with_credentials_are_known() =>
        Assert.Equal([0, 21, 23], Enumerable.Range(0, 100).Where(id => CoreObjects.IsSecret((ushort)id)));

    [Theory]
    [InlineData("1.0", 1, 0)]
    [InlineData("1.10", 1, 10)]
    [InlineData("255.255", 255, 255)]
    public void Versions_are_read_and_sorted(string text, int major, int minor)
    {
        Assert.True(ObjectVersion.TryParse(text, out ObjectVersion version));
        Assert.Equal(new ObjectVersion((byte)major, (byte)minor), version);
        Assert.Equal(text, version.ToString());
        Assert.True(new ObjectVersion(1, 9) < new ObjectVersion(1, 10) && new ObjectVersion(2, 0) > new ObjectVersion(1, 10));
        Assert.True(version <= new ObjectVersion(255, 255) && version >= new ObjectVersion(1, 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1.256")]
    [InlineData("256.0")]
    [InlineData("1.0.0")]
    [InlineData("01.0")]
    [InlineData("1.0 ")]
    [InlineData("1.é")]
    public void Other_text_is_no_version(string text) => Assert.False(ObjectVersion.TryParse(text, out _));

    [Fact]
    public void A_definition_with_a_resource_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => Contents.Define(1, (1, ResourceType.String, false), (1, ResourceType.String, false)));
}
