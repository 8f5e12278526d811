using System.Text;

namespace Surety.Server.Tests.Contract;

/// <summary>An account with a tenant, in which an operation of the contract is called: what the operation needs is made first, by the contract's own calls.</summary>
internal sealed class ContractScene(TestServer server, HttpClient client, string tenant, string? deviceId, Uri webhook)
{
    private readonly Dictionary<string, string> _made = [];

    public TestServer Server => server;

    public HttpClient Client => client;

    /// <summary>Somebody who takes what a webhook sends.</summary>
    public Uri WebhookUrl => webhook;

    /// <summary>The device that is connected, for operations of Connect.</summary>
    public string DeviceId => deviceId ?? throw new InvalidOperationException("The scene has no connected device.");

    /// <summary>Whether an operation needs a device that is connected.</summary>
    public static bool NeedsDevice(ContractOperation operation) =>
        operation.Shape.StartsWith("/v2/endpoints", StringComparison.Ordinal) || operation.Shape.StartsWith("/v2/subscriptions/", StringComparison.Ordinal)
        || operation.Shape.StartsWith("/v2/device-requests", StringComparison.Ordinal) || operation.Id is "RequestCertificateRenewal" or "getCertificateEnrollment";

    /// <summary>Calls the operation as it should be called.</summary>
    public async Task<HttpResponseMessage> CallAsync(ContractOperation operation)
    {
        var path = await PathAsync(operation.Shape);
        if (ContractSamples.Before.TryGetValue(operation.Id, out var prepare))
            await prepare(this);
        var content = await ContentAsync(operation);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path + ContractSamples.QueryOf(operation)) { Content = content };
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The path with the ids of things that are there.</summary>
    public async Task<string> PathAsync(string shape)
    {
        var path = new StringBuilder();
        var reached = new StringBuilder();
        foreach (var segment in shape.Split('/').Skip(1))
        {
            reached.Append('/').Append(segment);
            path.Append('/').Append(segment == "{}" ? await ParameterAsync(reached.ToString(), path.ToString()) : segment);
        }

        return path.ToString();
    }

    /// <summary>The id of something that the shape names, which is made when it is asked for first.</summary>
    public async Task<string> MadeAsync(string shape)
    {
        if (!_made.TryGetValue(shape, out var id))
            _made[shape] = id = (await PathAsync(shape)).Split('/')[^1];
        return id;
    }

    private async Task<string> ParameterAsync(string shape, string path)
    {
        if (shape == "/v3/accounts/{}")
            return tenant;
        if (shape == "/v3/devices/{}" && deviceId is not null)
            return deviceId;
        if (_made.TryGetValue(shape, out var known))
            return known;
        var own = ContractOperation.ShapeOf(shape).Replace("/v3/accounts/{}/", "/v3/", StringComparison.Ordinal);
        var made = ContractSamples.Parameters.TryGetValue(own, out var make) ? await make(this, path) : await CreateAsync(own, path);
        return _made[shape] = made;
    }

    private async Task<string> CreateAsync(string ownShape, string path)
    {
        var collection = ownShape[..ownShape.LastIndexOf('/')];
        if (!ContractSamples.Bodies.TryGetValue($"POST {collection}", out var body))
            throw new InvalidOperationException($"No sample says how to make {ownShape}.");
        using var response = await Client.SendAsync(HttpMethod.Post, path.TrimEnd('/'), await body(this));
        return (await response.ReadAsync(System.Net.HttpStatusCode.Created)).Text("id");
    }

    private async Task<HttpContent?> ContentAsync(ContractOperation operation)
    {
        if (ContractSamples.Forms.TryGetValue(operation.OwnShape, out var form))
            return form();
        if (ContractSamples.Bodies.TryGetValue($"{operation.Method} {operation.OwnShape}", out var body))
        {
            var text = await body(this);
            return new StringContent(text, Encoding.UTF8, text.StartsWith('{') || text.StartsWith('[') ? "application/json" : "text/plain");
        }

        return operation.Body is null ? null : throw new InvalidOperationException($"No sample has a body for {operation}.");
    }
}
