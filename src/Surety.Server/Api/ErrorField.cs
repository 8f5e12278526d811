using System.Text.Json.Serialization;

namespace Surety.Server.Api;

/// <summary>A member or parameter that is wrong.</summary>
/// <param name="Name">Its name in the request, such as <c>limit</c> or <c>custom_attributes.colour</c>.</param>
/// <param name="Message">What is wrong, to be read behind the name: <c>must be a number</c>.</param>
internal sealed record ErrorField(string Name, string Message)
{
    /// <summary>The name again, where the contract calls it <c>field</c> (Pelion conventions, "EO variant").</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }
}
