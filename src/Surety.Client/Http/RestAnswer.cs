using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Surety.Client;

/// <summary>A successful answer, read to its end.</summary>
internal sealed record RestAnswer(int Status, string? ContentType, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <exception cref="SuretyException">It is not the JSON that it should be.</exception>
    public T Read<T>() => Read(SuretyJson.Of<T>());

    private T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new SuretyException(
                Status, SuretyException.UnexpectedAnswer, $"The answer ({Status}, {ContentType ?? "no content type"}) is not the JSON of the Service API. Is the URL that of a Surety server?", inner: e);
        }
    }
}
