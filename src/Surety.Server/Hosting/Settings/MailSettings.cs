using System.Net.Mail;

namespace Surety.Server.Hosting.Settings;

/// <summary>The mail server through which invitations and recovery links go out.</summary>
internal sealed record MailSettings
{
    /// <summary>Host and port, <c>smtp.example.com:587</c>; null: no mail is sent.</summary>
    public required string? Server { get; init; }

    /// <summary>The sender's address.</summary>
    public required string From { get; init; }

    /// <summary>Null: the server wants none.</summary>
    public required string? User { get; init; }

    /// <inheritdoc cref="User"/>
    public required string? Password { get; init; }

    /// <summary>Default true: TLS by STARTTLS (RFC 3207), without which nothing is sent.</summary>
    public required bool StartTls { get; init; }

    public static MailSettings Read(SettingsReader reader)
    {
        var settings = new MailSettings
        {
            Server = reader.Text("Mail:Server", null, "mail server, smtp.example.com:587"),
            From = reader.Text("Mail:From", "surety@localhost", "the sender's address")!,
            User = reader.Text("Mail:User", null, "name at the mail server"),
            Password = reader.Text("Mail:Password", null, "password at the mail server"),
            StartTls = reader.Flag("Mail:StartTls", true, "TLS to the mail server, by STARTTLS"),
        };
        if (settings.Server is { } server && !TrySplit(server, out _, out _))
            reader.Mistake("Mail:Server", $"'{server}' is not a host and port like smtp.example.com:587");
        if (!MailAddress.TryCreate(settings.From, out _))
            reader.Mistake("Mail:From", $"'{settings.From}' is not an e-mail address");
        if ((settings.User is null) != (settings.Password is null))
            reader.Mistake("Mail:User", "needs Surety:Mail:Password, and the other way round");
        if (settings is { Password: not null, StartTls: false })
            reader.Mistake("Mail:StartTls", "must be true: a password would go out in the clear");
        return settings;
    }

    /// <summary>Reads <c>host:port</c>; without a port it is 587, that of submission (RFC 6409).</summary>
    public static bool TrySplit(string server, out string host, out int port)
    {
        var colon = server.LastIndexOf(':');
        var hasPort = colon > 0 && !server.EndsWith(']');
        host = (hasPort ? server[..colon] : server).Trim('[', ']');
        port = 587;
        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            && (!hasPort || (int.TryParse(server[(colon + 1)..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out port) && port is > 0 and < 65536));
    }
}
