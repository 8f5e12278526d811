namespace Surety.Server.Features.Directory;

/// <summary>One key and value of a device's <c>custom_attributes</c> or <c>component_attributes</c>.</summary>
internal sealed class DeviceAttribute
{
    public required string Key { get; init; }

    public required string Value { get; set; }
}
