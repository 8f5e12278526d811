namespace Surety.Server.Hosting.Settings;

/// <summary>Bounds of the REST API.</summary>
internal sealed record RestSettings
{
    /// <summary>
    /// Largest request body, in bytes. Default 1.5 MiB: a resource value of 1 MiB in base64, with its envelope. 64 KiB to 1 GiB. Uploads of
    /// files have limits of their own.
    /// </summary>
    public required long MaxRequestBodySize { get; init; }

    public static RestSettings Read(SettingsReader reader) => new()
    {
        MaxRequestBodySize = reader.Number(
            "Rest:MaxRequestBodySize", 1_572_864, 65_536, 1_073_741_824, "largest REST request body in bytes"),
    };
}
