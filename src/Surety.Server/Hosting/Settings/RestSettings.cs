namespace Surety.Server.Hosting.Settings;

/// <summary>Bounds of the REST API.</summary>
internal sealed record RestSettings
{
    /// <summary>
    /// Largest request body, in bytes. Default 1.5 MiB: a resource value of 1 MiB in base64, with its envelope. 64 KiB to 1 GiB. Uploads of
    /// files have limits of their own.
    /// </summary>
    public required long MaxRequestBodySize { get; init; }

    /// <summary>
    /// Requests that one API key or user may make in a second, over time; 0: any number. Default 5000, which no program needs and one that has lost its
    /// mind exceeds. 0 to 1000000.
    /// </summary>
    public required long RequestsPerSecond { get; init; }

    /// <summary>Requests that one API key or user may make at once after a pause. Default 10000; 1 to 10000000.</summary>
    public required long RequestBurst { get; init; }

    /// <summary>
    /// Requests without a valid key that one address may make in a second, and ten times as many at once; 0: any number. Default 500, since many verifiers
    /// of certificates may stand behind one address. 0 to 1000000.
    /// </summary>
    public required long AnonymousRequestsPerSecond { get; init; }

    public static RestSettings Read(SettingsReader reader) => new()
    {
        MaxRequestBodySize = reader.Number(
            "Rest:MaxRequestBodySize", 1_572_864, 65_536, 1_073_741_824, "largest REST request body in bytes"),
        RequestsPerSecond = reader.Number("Rest:RequestsPerSecond", 5000, 0, 1_000_000, "requests a second of one key or user; 0: any number"),
        RequestBurst = reader.Number("Rest:RequestBurst", 10_000, 1, 10_000_000, "requests at once of one key or user after a pause"),
        AnonymousRequestsPerSecond = reader.Number(
            "Rest:AnonymousRequestsPerSecond", 500, 0, 1_000_000, "requests a second without a valid key from one address; 0: any number"),
    };
}
