namespace Surety.Lwm2m.Server;

/// <summary>How far a bootstrap has come: what a plan knows when it chooses the next operation.</summary>
public sealed class BootstrapProgress
{
    private readonly List<BootstrapAnswer> _answers = [];

    internal BootstrapProgress(BootstrapRequest request) => Request = request;

    /// <summary>What the device has asked for.</summary>
    public BootstrapRequest Request { get; }

    /// <summary>The answers so far.</summary>
    public IReadOnlyList<BootstrapAnswer> Answers => _answers;

    /// <summary>The answer to the last operation; null before the first.</summary>
    public BootstrapAnswer? Last => _answers.Count == 0 ? null : _answers[^1];

    /// <summary>What the last successful Discover of the root or of Security has found; null when there was none.</summary>
    public DiscoverResult? Discovered { get; private set; }

    /// <summary>
    /// The version of LwM2M that the device speaks: what a Discover has told; 1.1 or later is also who names a preferred content format; else 1.0.
    /// </summary>
    public Lwm2mVersion Version => Discovered?.EnablerVersion switch
    {
        { Major: 1, Minor: 0 } => Lwm2mVersion.V10,
        { Major: 1, Minor: 1 } => Lwm2mVersion.V11,
        not null => Lwm2mVersion.V12,
        null when Request.PreferredContentFormat == Coap.ContentFormat.Lwm2mCbor => Lwm2mVersion.V12,
        null => Request.PreferredContentFormat is null ? Lwm2mVersion.V10 : Lwm2mVersion.V11,
    };

    /// <summary>
    /// The instances of the device's Bootstrap-Server Account: those of Security, OSCORE, COSE and MQTT Server that a Discover shows without a short server
    /// id (Core TS 1.2.2, 6.1.7.3).
    /// </summary>
    public IEnumerable<Lwm2mPath> BootstrapServerAccount => Discovered is null ? [] : Discovered.Links
        .Where(static link => link.Path.IsInstance && link.ShortServerId is null
            && link.Path.ObjectId is CoreObjects.Security or CoreObjects.Oscore or CoreObjects.Cose or CoreObjects.MqttServer)
        .Select(static link => link.Path);

    /// <summary>An instance of Security for a new server account: the first that is not the bootstrap account's. Without a Discover, 0.</summary>
    public ushort FreeSecurityInstance
    {
        get
        {
            ushort id = 0;
            while (BootstrapServerAccount.Contains(new Lwm2mPath(CoreObjects.Security, id)))
                id++;
            return id;
        }
    }

    internal void Add(BootstrapAnswer answer)
    {
        _answers.Add(answer);
        if (answer is { Operation: BootstrapOperation.Discover { Path: { IsRoot: true } or { IsObject: true, ObjectId: CoreObjects.Security } }, Discovered: { } found })
            Discovered = found;
    }
}
