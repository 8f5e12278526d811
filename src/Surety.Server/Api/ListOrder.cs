using System.Text.Json.Serialization;

namespace Surety.Server.Api;

/// <summary>The order of a list, by creation.</summary>
internal enum ListOrder
{
    [JsonStringEnumMemberName("ASC")]
    Ascending,

    [JsonStringEnumMemberName("DESC")]
    Descending,
}
