using System.Text.Json.Serialization;

namespace Surety.Server.Features.Connect;

/// <summary>A resource that a device has registered. (connect, Resource.)</summary>
/// <param name="Uri">Its path.</param>
/// <param name="Obs">It can be observed.</param>
/// <param name="Rt">Its resource types, separated by blanks.</param>
/// <param name="Type">Its content type.</param>
internal sealed record ResourceInfo(
    string Uri,
    bool Obs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Rt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type);
