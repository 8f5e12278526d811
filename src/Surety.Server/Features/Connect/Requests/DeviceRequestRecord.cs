using System.Text.Json;

namespace Surety.Server.Features.Connect;

/// <summary>A device request that an application has made and that is not answered yet, as it is kept over a restart.</summary>
/// <param name="Id">Names it in the log.</param>
/// <param name="Account">Whose device.</param>
/// <param name="Application">Who asked.</param>
/// <param name="Device">Of which device.</param>
/// <param name="AsyncId">The id of the answer.</param>
/// <param name="Method">GET, PUT, POST, DELETE, FETCH or IPATCH.</param>
/// <param name="Uri">The path, with a query.</param>
/// <param name="Accept">The Content-Format wanted.</param>
/// <param name="ContentFormat">The Content-Format of the payload.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Retries">Further attempts.</param>
/// <param name="ExpiresAt">When it is given up.</param>
/// <param name="TraceParent">The trace that the application's request belongs to, as W3C has it; null without.</param>
/// <param name="TraceState">What others keep with the trace.</param>
internal sealed record DeviceRequestRecord(
    EntityId Id,
    EntityId Account,
    EntityId Application,
    EntityId Device,
    string AsyncId,
    string Method,
    string Uri,
    ushort? Accept,
    ushort? ContentFormat,
    byte[]? Payload,
    int Retries,
    DateTimeOffset ExpiresAt,
    string? TraceParent = null,
    string? TraceState = null)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static DeviceRequestRecord? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<DeviceRequestRecord>(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
