using System.Text.Json;

namespace Surety.Lwm2m.Client;

/// <summary>What is saved of a bootstrap: the accounts, with their keys.</summary>
/// <param name="Security">The instances of the Security Object, but for a bootstrap account that the device brings along.</param>
/// <param name="Server">The instances of the Server Object, as they were bootstrapped.</param>
/// <param name="BootstrapAccount">The instance of the Security Object that is the bootstrap account; null: it was purged.</param>
/// <param name="IsFactoryAccount">The bootstrap account is the one that the device brings along.</param>
/// <param name="BootstrappedAt">When the bootstrap finished, seconds since the Unix epoch.</param>
/// <param name="PurgeAt">When the bootstrap account is to be purged, seconds since the Unix epoch; null: never.</param>
internal sealed record ConfigurationState(ObjectState Security, ObjectState Server, ushort? BootstrapAccount, bool IsFactoryAccount, double BootstrappedAt, double? PurgeAt)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("configuration");
        json.WritePropertyName("security");
        Security.Write(json);
        json.WritePropertyName("server");
        Server.Write(json);
        if (BootstrapAccount is { } id)
            json.WriteNumber("bootstrap_account", id);
        json.WriteBoolean("factory_account", IsFactoryAccount);
        json.WriteNumber("bootstrapped", BootstrappedAt);
        if (PurgeAt is { } purge)
            json.WriteNumber("purge", purge);
        json.WriteEndObject();
    }

    public static ConfigurationState Read(JsonElement json) => new(
        ObjectState.Read(json.GetProperty("security")),
        ObjectState.Read(json.GetProperty("server")),
        json.TryGetProperty("bootstrap_account", out JsonElement account) ? account.GetUInt16() : null,
        json.GetProperty("factory_account").GetBoolean(),
        json.GetProperty("bootstrapped").GetDouble(),
        json.TryGetProperty("purge", out JsonElement purge) ? purge.GetDouble() : null);
}
