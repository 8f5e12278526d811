using Surety.Cose;

namespace Surety.Update.Tests;

/// <summary>Manifests carried out on a device.</summary>
public sealed class SuitProcessorTests
{
    private static readonly Guid Vendor = UpdateTarget.VendorOf("arm.com");
    private static readonly Guid Class = UpdateTarget.FromBytes(Convert.FromHexString("1492af1425695e48bf429b2d51f2ab45"));

    /// <summary>draft-ietf-suit-manifest, example 1: vendor, class, download, digest. The digest is of no image, and so it fails there.</summary>
    [Fact]
    public async Task Example_1_downloads_and_then_misses_its_image()
    {
        SimulatedSuitDevice device = new() { Vendor = Vendor, Class = Class };
        device.Network["http://example.com/file.bin"] = new byte[34768];
        SuitResult result = await RunAsync("example1.txt (272 bytes)", device, SuitSection.Install);
        Assert.Equal((SuitReason.ConditionFailed, SuitCode.ImageMatch), (result.Reason, result.Code));
        Assert.Equal(["fetch 00 http://example.com/file.bin"], device.Log);
    }

    [Fact]
    public async Task Nothing_is_done_on_a_device_of_another_vendor_or_class()
    {
        SimulatedSuitDevice stranger = new() { Vendor = Guid.Empty, Class = Class };
        Assert.Equal(SuitCode.VendorIdentifier, (await RunAsync("example1.txt (272 bytes)", stranger, SuitSection.Install)).Code);
        SimulatedSuitDevice other = new() { Vendor = Vendor, Class = Guid.Empty };
        SuitResult result = await RunAsync("example1.txt (272 bytes)", other, SuitSection.Install);
        Assert.Equal("the condition ClassIdentifier does not hold for 00", result.Problem);
        Assert.Empty(stranger.Log.Concat(other.Log));
    }

    /// <summary>Example 3: two images, of which a device takes the one for its free slot.</summary>
    [Theory]
    [InlineData(0UL, "http://example.com/file1.bin")]
    [InlineData(1UL, "http://example.com/file2.bin")]
    public async Task Example_3_downloads_the_image_of_the_slot_that_is_free(ulong slot, string uri)
    {
        SimulatedSuitDevice device = new() { Vendor = Vendor, Class = Class, Slot = slot };
        device.Network[uri] = [1];
        await RunAsync("example3.txt (396 bytes)", device, SuitSection.Install);
        Assert.Equal([$"fetch 00 {uri}"], device.Log);
    }

    [Fact]
    public async Task Example_3_fails_on_a_device_with_neither_slot()
    {
        SuitResult result = await RunAsync("example3.txt (396 bytes)", new SimulatedSuitDevice { Vendor = Vendor, Class = Class, Slot = 2 }, SuitSection.Install);
        Assert.Equal((SuitReason.ConditionFailed, SuitCode.ComponentSlot), (result.Reason, result.Code));
    }

    /// <summary>Example 4: download here, copy there.</summary>
    [Fact]
    public async Task Example_4_copies_what_it_has_downloaded()
    {
        SimulatedSuitDevice device = new() { Vendor = Vendor, Class = Class };
        device.Network["http://example.com/file.bin"] = [1];
        device.Components[SuitComponentId.Of([[0x02]])] = [2];
        Assert.Equal(SuitCode.ImageMatch, (await RunAsync("example4.txt (403 bytes)", device, SuitSection.PayloadFetch)).Code);
        await RunAsync("example4.txt (403 bytes)", device, SuitSection.Install);
        Assert.Equal(["fetch 02 http://example.com/file.bin", "copy 02 to 00"], device.Log);
    }

    [Fact]
    public async Task A_section_that_the_manifest_does_not_have_is_done_by_doing_nothing()
    {
        SimulatedSuitDevice device = new();
        Assert.True((await RunAsync("example0.txt (237 bytes)", device, SuitSection.Uninstall)).IsOk);
        Assert.Empty(device.Log);
    }

    [Fact]
    public async Task An_image_that_was_made_here_is_installed_and_validated()
    {
        byte[] image = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        byte[] manifest = new SuitManifestBuilder(1).AddImage(SuitComponentId.Of("app"), Vendor, Class, SuitDigest.Of(image), image.Length, "coap://x/app").Build();
        SimulatedSuitDevice device = new() { Vendor = Vendor, Class = Class };
        SuitProcessor processor = new(Read(SuitEnvelope.Sign(manifest, [])), device);
        Assert.Equal(SuitReason.ConditionFailed, (await processor.RunAsync(SuitSection.Validate, TestContext.Current.CancellationToken)).Reason);
        SuitResult lost = await processor.RunAsync(SuitSection.Install, TestContext.Current.CancellationToken);
        Assert.Equal((SuitReason.OperationFailed, "Fetch failed: nothing is at coap://x/app"), (lost.Reason, lost.Problem));
        device.Network["coap://x/app"] = image;
        Assert.True((await processor.RunAsync(SuitSection.Install, TestContext.Current.CancellationToken)).IsOk);
        Assert.True((await processor.RunAsync(SuitSection.Validate, TestContext.Current.CancellationToken)).IsOk);
        device.Components[SuitComponentId.Of("app")][5]++;
        Assert.Equal(SuitReason.ConditionFailed, (await processor.RunAsync(SuitSection.Validate, TestContext.Current.CancellationToken)).Reason);
    }

    public static TheoryData<string, SuitReason, string> Sequences => new()
    {
        // Written in CBOR by hand: command, argument, ...
        { "820e0f", SuitReason.ConditionFailed, "" },
        { "82184d00", SuitReason.CborParse, "not known" },
        { "820c05", SuitReason.ComponentUnsupported, "no component 5" },
        { "820c20", SuitReason.CborParse, "names no component" },
        { "820c820005", SuitReason.ComponentUnsupported, "no component 5" },
        { "8214a1186300", SuitReason.ParameterUnsupported, "parameter 99" },
        { "82030f", SuitReason.ParameterUnsupported, "needs the parameter ImageDigest" },
        { "8414a10141ff010f", SuitReason.CborParse, "16 bytes" },
        { "821602", SuitReason.ParameterUnsupported, "SourceComponent" },
        { "8414a116051602", SuitReason.ComponentUnsupported, "no component 5" },
        { "8414a11600181f02", SuitReason.CommandUnsupported, "one slot" },
        { "820f80", SuitReason.CborParse, "nothing to try" },
        // A soft failure ends its own sequence alone.
        { "841820478414a10df50e0f0e0f", SuitReason.ConditionFailed, "Abort" },
        { "821820478414a10df50e0f", SuitReason.Ok, "" },
        // Without it, the failure is everybody's.
        { "82182043820e0f", SuitReason.ConditionFailed, "Abort" },
        // To try each: the second does it; nothing does it.
        { "820f8243820e0f4180", SuitReason.Ok, "" },
        { "820f8243820e0ff6", SuitReason.Ok, "" },
        { "820f8143820e0f", SuitReason.ConditionFailed, "Abort" },
        // Battery 50 is enough, 51 is not; an update of priority 5 is agreed to.
        { "8414a1181a1832181a0f", SuitReason.Ok, "" },
        { "8414a1181a1833181a0f", SuitReason.ConditionFailed, "MinimumBattery" },
        { "8414a1181b05181b0f", SuitReason.Ok, "" },
        { "82181b0f", SuitReason.ConditionFailed, "UpdateAuthorized" },
        // It is 1000 by the device's clock.
        { "8414a1041903e9040f", SuitReason.Ok, "" },
        { "8414a1041903e8040f", SuitReason.ConditionFailed, "UseBefore" },
        { "8414a1041bffffffffffffffff040f", SuitReason.Ok, "" },
        // What is set is not set again, but overridden.
        { "8613a1050113a10500050f", SuitReason.ConditionFailed, "ComponentSlot" },
        { "8614a1050114a10500050f", SuitReason.Ok, "" },
        { "8414a11241011202", SuitReason.Ok, "" },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public async Task Each_command_does_what_the_draft_says(string install, SuitReason reason, string says)
    {
        SimulatedSuitDevice device = new() { Vendor = Vendor, Class = Class };
        byte[] envelope = SuitEnvelope.Sign(WithInstall(Convert.FromHexString(install)), []);
        if (!SuitEnvelope.TryRead(envelope, out SuitEnvelope? read, out string? problem))
        {
            Assert.Equal(SuitReason.CborParse, reason);
            Assert.Contains(says, problem, StringComparison.Ordinal);
            return;
        }

        SuitResult result = await new SuitProcessor(read.Manifest, device).RunAsync(SuitSection.Install, TestContext.Current.CancellationToken);
        Assert.Equal(reason, result.Reason);
        Assert.Contains(says, result.Problem ?? "", StringComparison.Ordinal);
    }

    /// <summary>A sequence may run a sequence, and so on, but not without an end.</summary>
    [Fact]
    public async Task Sequences_nest_four_deep()
    {
        byte[] sequence = [0x80];
        for (int depth = 1; depth <= 5; depth++)
        {
            byte[] inner = sequence;
            sequence = StrictCbor.Encode(writer =>
            {
                writer.WriteStartArray(2);
                writer.WriteInt32((int)SuitCode.RunSequence);
                writer.WriteByteString(inner);
                writer.WriteEndArray();
            });
            SuitResult result = await new SuitProcessor(Read(SuitEnvelope.Sign(WithInstall(sequence), [])), new SimulatedSuitDevice()).RunAsync(SuitSection.Install, TestContext.Current.CancellationToken);
            Assert.Equal(depth <= 4, result.IsOk);
        }
    }

    /// <summary>A manifest with two components and one section.</summary>
    private static byte[] WithInstall(byte[] sequence) => StrictCbor.Encode(writer =>
    {
        writer.WriteStartMap(4);
        writer.WriteInt32(1);
        writer.WriteInt32(1);
        writer.WriteInt32(2);
        writer.WriteInt32(1);
        writer.WriteInt32(3);
        writer.WriteByteString(Convert.FromHexString("a10282814100814101"));
        writer.WriteInt32((int)SuitSection.Install);
        writer.WriteByteString(sequence);
        writer.WriteEndMap();
    });

    private static async Task<SuitResult> RunAsync(string name, SimulatedSuitDevice device, SuitSection section) =>
        await new SuitProcessor(Read(Convert.FromHexString(Vectors.Envelopes.Single(envelope => envelope.Name == name).Hex)), device).RunAsync(section, TestContext.Current.CancellationToken);

    private static SuitManifest Read(byte[] encoded)
    {
        Assert.True(SuitEnvelope.TryRead(encoded, out SuitEnvelope? envelope, out string? problem), problem);
        return envelope.Manifest;
    }
}
