using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Devices;

/// <summary>What Pelion's device client tells of its object 14 when it registers. (Recorded; device-directory, component_attributes.)</summary>
public sealed class ComponentVersionTests(DeviceServerFixture fixture) : IClassFixture<DeviceServerFixture>
{
    [Fact]
    public async Task Components_and_their_versions_come_with_the_registration_and_can_be_filtered_by()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync(
            "&mccv=4.13.0", """</14/0/0>;v="MAIN",</14/0/2>;v="1.2.3";aobs="77",</14/1/0>;v="radio",</14/1/2>;v="0.0.9",</1/0>""");
        var id = await app.FindAsync(device.Name);
        await DeviceServerFixture.UntilAsync(async () => (await app.Client.GetOkAsync("/v3/devices?component_attributes__MAIN__eq=1.2.3")).All("id") is [var found] && found == id);
        var record = await app.Client.GetOkAsync($"/v3/devices/{id}");
        Assert.Equal("""{"MAIN":"1.2.3","radio":"0.0.9"}""", record["component_attributes"]!.ToJsonString());
        Assert.NotEqual(record.Text("created_at"), record.Text("etag"));

        await device.RegisterAsync("&mccv=4.13.0", """</14/0/0>;v="MAIN",</14/0/2>;v="1.3.0";aobs="77",</1/0>""");
        await DeviceServerFixture.UntilAsync(async () => (await app.Client.GetOkAsync($"/v3/devices/{id}"))["component_attributes"]!.Text("MAIN") == "1.3.0");
    }
}
