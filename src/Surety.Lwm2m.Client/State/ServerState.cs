using System.Text.Json;

namespace Surety.Lwm2m.Client;

/// <summary>What is saved of one server.</summary>
internal sealed record ServerState
{
    public required ushort ShortServerId { get; init; }

    public required string Uri { get; init; }

    public required Lwm2mVersion Version { get; init; }

    /// <summary>The registration; null when there is none.</summary>
    public string? Location { get; init; }

    /// <summary>When the registration ends, seconds since the Unix epoch; null: never.</summary>
    public double? ExpiresAt { get; init; }

    public uint Lifetime { get; init; }

    public string Binding { get; init; } = "";

    /// <summary>The object list that the server has.</summary>
    public byte[] Links { get; init; } = [];

    public bool IsProfileRefused { get; init; }

    public required IReadOnlyList<KeyValuePair<Lwm2mPath, NotificationAttributes>> Attributes { get; init; }

    public required IReadOnlyList<ObservationState> Observations { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("ssid", ShortServerId);
        json.WriteString("uri", Uri);
        json.WriteNumber("lwm2m", (int)Version);
        if (Location is not null)
        {
            json.WriteString("location", Location);
            if (ExpiresAt is { } expiresAt)
                json.WriteNumber("expires", expiresAt);
            json.WriteNumber("lifetime", Lifetime);
            json.WriteString("binding", Binding);
            json.WriteBase64String("links", Links);
        }

        json.WriteBoolean("profile_refused", IsProfileRefused);
        json.WriteStartObject("attributes");
        foreach ((Lwm2mPath path, NotificationAttributes attributes) in Attributes)
            ClientState.WriteAttributes(json, path.ToString(), attributes);
        json.WriteEndObject();
        json.WriteStartArray("observations");
        foreach (ObservationState observation in Observations)
            observation.Write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static ServerState Read(JsonElement json)
    {
        bool isRegistered = json.TryGetProperty("location", out JsonElement location);
        return new ServerState
        {
            ShortServerId = json.GetProperty("ssid").GetUInt16(),
            Uri = json.GetProperty("uri").GetString() ?? "",
            Version = (Lwm2mVersion)json.GetProperty("lwm2m").GetByte() is var version && Enum.IsDefined(version) ? version : throw new FormatException("no version"),
            Location = isRegistered ? location.GetString() : null,
            ExpiresAt = json.TryGetProperty("expires", out JsonElement expires) ? expires.GetDouble() : null,
            Lifetime = isRegistered ? json.GetProperty("lifetime").GetUInt32() : 0,
            Binding = isRegistered ? json.GetProperty("binding").GetString() ?? "" : "",
            Links = isRegistered ? json.GetProperty("links").GetBytesFromBase64() : [],
            IsProfileRefused = json.GetProperty("profile_refused").GetBoolean(),
            Attributes = [.. json.GetProperty("attributes").EnumerateObject().Select(p => KeyValuePair.Create(ClientState.ReadPath(p.Name), ClientState.ReadAttributes(p.Value)))],
            Observations = [.. json.GetProperty("observations").EnumerateArray().Select(ObservationState.Read)],
        };
    }
}
