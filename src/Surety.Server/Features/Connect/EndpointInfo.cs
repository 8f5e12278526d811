using System.Text.Json.Serialization;

namespace Surety.Server.Features.Connect;

/// <summary>A registered device, as <c>GET /v2/endpoints</c> lists it.</summary>
/// <param name="Name">The device id.</param>
/// <param name="Type">The endpoint type.</param>
/// <param name="Status">Always ACTIVE.</param>
/// <param name="Q">Queue mode.</param>
internal sealed record EndpointInfo(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type,
    string Status,
    bool Q);
