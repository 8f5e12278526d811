using System.Buffers;
using System.Text;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Testing.Coap;

namespace Surety.Conformance.Tests;

/// <summary>The server under test in simulated time, with an endpoint without security and one whose peers have proven the identity <c>node</c>.</summary>
internal class ServerBench : IDisposable
{
    public ServerBench(Lwm2mServerOptions? options = null)
    {
        Server = new Lwm2mServer(options ?? new(), new NamingAdmission(), Events, Network.QuietTime);
        Endpoint = Network.Add(Server);
        Secure = Network.Add(Server, scheme: "coaps");
        Secure.Identify = static _ => new PeerIdentity.PreSharedKey(Encoding.UTF8.GetBytes("node"));
        Server.AddEndpoint(Endpoint);
        Server.AddEndpoint(Secure);
    }

    public SimulatedNetwork Network { get; } = new();

    public Lwm2mServer Server { get; }

    public RecordingEvents Events { get; } = new();

    public SimulatedEndpoint Endpoint { get; }

    public SimulatedEndpoint Secure { get; }

    /// <summary>The one registration that there is.</summary>
    public Registration Registration => Assert.Single(Server.Registrations.ToArray());

    public bool IsRegistered => Server.Registrations.Count > 0;

    /// <summary>Seconds since the beginning.</summary>
    public double Now => Network.Now / 1000.0;

    /// <summary>The objects and instances that are registered, with one space between them.</summary>
    public string RegisteredPaths => string.Join(' ', Registration.Links.Paths.ToArray());

    public void Run(double seconds) => Network.Run(TimeSpan.FromSeconds(seconds));

    /// <summary>What the test or a queue has set off goes on elsewhere: before time passes again, that has its turn.</summary>
    public void Continue() => Network.Await(Task.FromResult(true));

    public T Await<T>(Task<T> task) => Network.Await(task);

    public Task<DeviceResponse> Begin(DeviceRequest request) => Server.SendAsync(Registration, request, TestContext.Current.CancellationToken);

    public Task<ObserveResult> BeginObserve(string path, ContentFormat? accept = null, params string[] queries) =>
        Server.ObserveAsync(Registration, Lwm2mPath.Parse(path), new ObserveOptions { Accept = accept, Queries = queries }, TestContext.Current.CancellationToken);

    public Task<ObserveResult> BeginObserveComposite(ContentFormat format, params string[] paths) =>
        Server.ObserveCompositeAsync(Registration, [.. paths.Select(path => Lwm2mPath.Parse(path))], format, cancellationToken: TestContext.Current.CancellationToken);

    public Task<DeviceResponse> BeginCancel(Observation observation) => Server.CancelAsync(observation, TestContext.Current.CancellationToken);

    /// <summary>What the server reads in a response: path and value, with one space between them.</summary>
    public string Decode(DeviceResponse response, string path)
    {
        Assert.True(response.IsSuccess, $"{response.Code} {response.Diagnostic}");
        Assert.True(response.TryDecode(Lwm2mPath.Parse(path), Context, out List<ResourceEntry>? entries, out string? reason), reason);
        return string.Join(' ', entries);
    }

    /// <summary>What the server reads in the answer to a Discover.</summary>
    public IReadOnlyList<DiscoveredLink> DecodeLinks(DeviceResponse response)
    {
        Assert.True(DiscoverResult.TryParse(response.Payload.Span, Registration.Links.RootPath, out DiscoverResult? result, out string? reason), reason);
        return result.Links;
    }

    /// <summary>Values as the server writes them into a request.</summary>
    public ReadOnlyMemory<byte> Encode(ContentFormat format, string path, params (string Path, ResourceValue Value)[] values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        ResourceEntry[] entries = [.. values.Select(value => new ResourceEntry(Lwm2mPath.Parse(value.Path), value.Value))];
        Assert.True(Lwm2mContent.TryEncode(format, Lwm2mPath.Parse(path), entries, Context, buffer, out string? reason), reason);
        return buffer.WrittenMemory;
    }

    /// <summary>A Write that replaces: PUT.</summary>
    public DeviceRequest Write(string path, ContentFormat format, params (string Path, ResourceValue Value)[] values) =>
        DeviceRequest.Write(Lwm2mPath.Parse(path), format, Encode(format, path, values));

    /// <summary>A Write that replaces one value: PUT.</summary>
    public DeviceRequest Write(string path, ContentFormat format, ResourceValue value) => Write(path, format, (path, value));

    /// <summary>A Write that is a partial update: POST.</summary>
    public DeviceRequest Update(string path, ContentFormat format, params (string Path, ResourceValue Value)[] values) =>
        DeviceRequest.Update(Lwm2mPath.Parse(path), format, Encode(format, path, values));

    public DeviceRequest WriteComposite(ContentFormat format, params (string Path, ResourceValue Value)[] values) =>
        DeviceRequest.WriteComposite(format, Encode(format, "/", values));

    /// <summary>A Create of an instance with that id, in TLV.</summary>
    public DeviceRequest Create(ushort objectId, ushort instanceId, params (string Path, ResourceValue Value)[] values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        ResourceEntry[] entries = [.. values.Select(value => new ResourceEntry(Lwm2mPath.Parse(value.Path), value.Value))];
        Assert.True(Lwm2mContent.TryEncodeCreate(ContentFormat.Lwm2mTlv, objectId, instanceId, entries, Context, buffer, out string? reason), reason);
        return DeviceRequest.Create(objectId, ContentFormat.Lwm2mTlv, buffer.WrittenMemory);
    }

    public DeviceRequest ReadComposite(ContentFormat format, params string[] paths) =>
        DeviceRequest.ReadComposite([.. paths.Select(path => Lwm2mPath.Parse(path))], format, Registration);

    public static DeviceRequest Read(string path, ContentFormat? accept = null) => DeviceRequest.Read(Lwm2mPath.Parse(path), accept);

    public static DeviceRequest Discover(string path, int? depth = null) => DeviceRequest.Discover(Lwm2mPath.Parse(path), depth);

    public static DeviceRequest WriteAttributes(string path, NotificationAttributes attributes) =>
        DeviceRequest.WriteAttributes(Lwm2mPath.Parse(path), new AttributeChange(attributes, AttributeNames.None));

    public static DeviceRequest Execute(string path) => DeviceRequest.Execute(Lwm2mPath.Parse(path));

    public virtual void Dispose() => Server.Dispose();

    private ContentContext Context => new(ObjectModelRegistry.Default, Network.Time.GetUtcNow(), Registration.Links, Registration.Version);
}
