using System.Text.Json;
using Surety.Testing.Coap;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>A line of a recording in Recordings/: a message of RFC 7252 as it was on the wire, or a connection that the device makes.</summary>
/// <param name="IsFromDevice">Else from the server that it was recorded with.</param>
/// <param name="What">For people.</param>
/// <param name="Bytes">Empty: a connection.</param>
internal sealed record RecordedMessage(bool IsFromDevice, string What, byte[] Bytes)
{
    /// <summary>What every recording has: the account, the device's id in it, its endpoint name. Each is replaced by one of the same length.</summary>
    public const string AccountId = "0123456789abcdef0123456789abcdef", DeviceId = "0162f1a2b3c4000000000001001001aa", EndpointName = "dev-ep-0001";

    /// <summary>The client's "empty" acknowledgement, which has a Content-Format.</summary>
    public bool IsPostponement => Bytes is [0x60, 0x00, _, _, 0xc0];

    public WireMessage Parse() => WireMessage.Parse(IsPostponement ? Bytes.AsSpan(0, 4) : Bytes);

    public static IReadOnlyList<RecordedMessage> Read(string recording) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Pelion", "Recordings", recording + ".jsonl")).Select(line =>
        {
            using JsonDocument json = JsonDocument.Parse(line);
            string message = json.RootElement.TryGetProperty("message", out JsonElement hex) ? hex.GetString()! : "";
            return new RecordedMessage(json.RootElement.GetProperty("from").GetString() == "device", json.RootElement.GetProperty("what").GetString()!, Convert.FromHexString(message));
        }),
    ];
}
