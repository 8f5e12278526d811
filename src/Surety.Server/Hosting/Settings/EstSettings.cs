using System.Net;

namespace Surety.Server.Hosting.Settings;

/// <summary>Enrolment over Secure Transport: over CoAP it is wherever devices are served, over HTTPS at an address of its own.</summary>
internal sealed record EstSettings
{
    /// <summary>EST over HTTPS (RFC 7030), for gateways. Default none.</summary>
    public required IPEndPoint? Https { get; init; }

    /// <summary>The server makes keys for devices that ask for it. Default false.</summary>
    public required bool ServerKeyGeneration { get; init; }

    /// <summary>Certificates that one device may ask for in an hour. Default 20; 1 to 100,000.</summary>
    public required int EnrollmentsPerHour { get; init; }

    public static EstSettings Read(SettingsReader reader) => new()
    {
        Https = reader.Listen("Est:Https", "none", "EST over HTTPS, for gateways"),
        ServerKeyGeneration = reader.Flag("Est:ServerKeyGeneration", false, "the server makes keys for devices that ask for it"),
        EnrollmentsPerHour = (int)reader.Number("Est:EnrollmentsPerHour", 20, 1, 100_000, "certificates that one device may ask for in an hour"),
    };
}
