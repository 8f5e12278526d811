namespace Surety.Server.Features.Directory;

/// <summary>One key and value of the <c>custom_attributes</c> or <c>component_attributes</c> of a device, or of a group.</summary>
internal sealed class DeviceAttribute
{
    public required string Key { get; init; }

    public required string Value { get; set; }

    /// <summary>The attributes as the API shows them, in the order of their keys.</summary>
    public static Dictionary<string, string> ToMap(List<DeviceAttribute> attributes) =>
        attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).ToDictionary(attribute => attribute.Key, attribute => attribute.Value);

    /// <summary>Brings a row's attributes to those that are wanted; null wants no change.</summary>
    public static void Replace(List<DeviceAttribute> attributes, IReadOnlyDictionary<string, string?>? wanted)
    {
        if (wanted is null)
            return;
        attributes.RemoveAll(attribute => !wanted.ContainsKey(attribute.Key));
        foreach (var (key, value) in wanted)
        {
            if (attributes.Find(attribute => attribute.Key == key) is { } known)
                known.Value = value!;
            else
                attributes.Add(new DeviceAttribute { Key = key, Value = value! });
        }
    }
}
