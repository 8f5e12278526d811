namespace Surety.Client;

/// <summary>
/// The Service APIs of a Surety server. One client serves a whole program, from all threads; it keeps one notification channel, opened when it is first needed.
/// </summary>
/// <example><code>
/// await using var surety = new SuretyClient(new Uri("http://127.0.0.1:8080"), SuretyCredential.FromKey(key));
/// ResourceValue value = await surety.Resources.ReadAsync(device, "/3303/0/5700");
/// </code></example>
public sealed class SuretyClient : IAsyncDisposable
{
    private readonly RestTransport _transport;
    private readonly NotificationChannel _channel;

    /// <summary>A client; nothing is sent yet.</summary>
    /// <param name="url">Of the server, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="credential">A key or a user.</param>
    /// <param name="options">Time-outs and the like.</param>
    /// <exception cref="ArgumentException">The URL is none of a server.</exception>
    public SuretyClient(Uri url, SuretyCredential credential, SuretyClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(credential);
        _transport = new RestTransport(url, credential, options ?? new SuretyClientOptions());
        _channel = new NotificationChannel(_transport);
        Accounts = new(_transport);
        Users = new(_transport);
        ApiKeys = new(_transport);
        Applications = new(_transport);
        Devices = new(_transport);
        DeviceEvents = new(_transport);
        DeviceGroups = new(_transport);
        DeviceQueries = new(_transport);
        PolicyGroups = new(_transport);
        AuditLog = new(_transport);
        Events = new(_transport);
        Enrollments = new(_transport);
        TrustedCertificates = new(_transport);
        DeveloperCertificates = new(_transport);
        Subscriptions = new(_transport);
        Webhook = new(_transport);
        Resources = new(_transport, _channel, Subscriptions);
    }

    /// <summary>The account.</summary>
    public AccountCollection Accounts { get; }

    /// <summary>People with access.</summary>
    public UserCollection Users { get; }

    /// <summary>Keys of applications.</summary>
    public ApiKeyCollection ApiKeys { get; }

    /// <summary>Applications, each with several access keys.</summary>
    public ApplicationCollection Applications { get; }

    /// <summary>The device directory.</summary>
    public DeviceCollection Devices { get; }

    /// <summary>What happened to devices.</summary>
    public DeviceEventCollection DeviceEvents { get; }

    /// <summary>Groups of devices.</summary>
    public DeviceGroupCollection DeviceGroups { get; }

    /// <summary>Filters for devices that are kept under a name.</summary>
    public DeviceQueryCollection DeviceQueries { get; }

    /// <summary>Groups of users, keys and applications, and what they may do.</summary>
    public PolicyGroupCollection PolicyGroups { get; }

    /// <summary>Who has changed what.</summary>
    public AuditLog AuditLog { get; }

    /// <summary>The events of the account as they come. A channel of its own kind: do not use it with the key whose <see cref="Resources"/> are used.</summary>
    public EventStream Events { get; }

    /// <summary>Claims to devices that have not come yet.</summary>
    public EnrollmentCollection Enrollments { get; }

    /// <summary>Authorities that the account trusts.</summary>
    public TrustedCertificateCollection TrustedCertificates { get; }

    /// <summary>Certificates for the laboratory.</summary>
    public DeveloperCertificateCollection DeveloperCertificates { get; }

    /// <summary>What the application is told of.</summary>
    public SubscriptionCollection Subscriptions { get; }

    /// <summary>The channel to a back-end of the account.</summary>
    public WebhookChannel Webhook { get; }

    /// <summary>The resources of devices.</summary>
    public DeviceResources Resources { get; }

    /// <summary>The token that requests carry: the key, or that of the user's session, who is signed in when he is not yet.</summary>
    /// <exception cref="SuretyException">401: the server does not know the user.</exception>
    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken = default) => _transport.GetTokenAsync(cancellationToken);

    /// <summary>Closes the channel, and deletes it on the platform when this client has made it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync().ConfigureAwait(false);
        _transport.Dispose();
    }
}
