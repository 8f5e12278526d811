using System.Text;
using Surety.Coap;
using Surety.Lwm2m.Tests.Formats;

namespace Surety.Lwm2m.Tests;

/// <summary>What is kept on the heap; these tests run alone, for they measure the whole process.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests
{
    [Fact]
    public void An_object_list_of_ten_links_takes_less_than_400_bytes()
    {
        byte[] payload = Encoding.UTF8.GetBytes(
            "</>;rt=\"oma.lwm2m\";ct=\"112 11542\",</1/0>,</2/0>,</3/0>;ver=1.1,</4/0>,</5/0>,</6/0>,</7/0>,</3303>;ver=1.1,</3303/0>,</3311/0>");
        const int count = 5_000;
        RegistrationLinks?[] all = new RegistrationLinks?[count];
        bool isRead = RegistrationLinks.TryParse(payload, out _, out _);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < count; i++) isRead &= RegistrationLinks.TryParse(payload, out all[i], out _);
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        Assert.True(isRead);
        Assert.InRange(each, 1, 399);
        GC.KeepAlive(all);
    }

    [Fact]
    public void An_entry_with_a_number_takes_nothing_beside_its_32_bytes()
    {
        byte[] payload = Contents.Hex("81a2216c2f333330332f302f3537303002f94d20");
        const int count = 10_000;
        List<ResourceEntry> entries = new(count);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < count; i++) Lwm2mContent.TryDecode(ContentFormat.SenmlCbor, payload, Lwm2mPath.Root, Contents.Context, entries, out _);
        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(count, entries.Count);
        Assert.InRange(kept, long.MinValue, count);
        GC.KeepAlive(entries);
    }
}
