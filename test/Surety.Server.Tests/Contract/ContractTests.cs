using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Surety.Server.Tests.Contract;

/// <summary>Every operation of Pelion's contract: served as it says, or listed in docs/pelion-compatibility.md with the reason why not.</summary>
public sealed partial class ContractTests(ContractFixture fixture) : IClassFixture<ContractFixture>
{
    private const string UnknownId = "0123456789abcdef0123456789abcdef";

    // The first turns the connection into another (Notifications.WebsocketTests), the second needs an issuer (Certificates.CertificateIssuerTests), the next two
    // limitations, of which there are none (Accounts.AccountApiTests), the last two a provider (IdentityProviders.IdentityProviderTests).
    private static readonly string[] Elsewhere =
        ["connectWebsocket", "verifyCertificateIssuer", "getAccountLimitation", "aggregatorGetAccountLimitation", "refreshJwks", "refreshAccountJwks"];

    // The contract names a list of API keys here; the operations of the own account, which are the same, answer with the group.
    private static readonly string[] NamesAnother = ["addUsersToAccountGroup", "addListedUsersToAccountGroup", "addApiKeysToAccountGroup", "addListedApiKeysToAccountGroup"];

    // Its errors are words in plain text, as in the contract.
    private const string WordErrors = "uploadPreSharedKey";

    public static TheoryData<string> Operations => [.. Served().Select(operation => operation.Id)];

    // A body that is an image is no JSON: Accounts.BrandingTests.
    public static TheoryData<string> OperationsWithBody => [.. Served().Where(operation => (string?)operation.Body?["ref"] is not (null or "Image")).Select(operation => operation.Id)];

    public static TheoryData<string> OperationsWithId => [.. Served().Where(operation => operation.Responses.ContainsKey(404) && operation.Shape.Contains("{}")).Select(operation => operation.Id)];

    [Fact]
    public void Every_operation_is_served_or_listed_with_a_reason()
    {
        var routes = fixture.Server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(
                method => $"{method} {ContractOperation.ShapeOf(endpoint.RoutePattern.RawText!)}") ?? [])
            .ToHashSet();
        var listed = NotServed();
        Assert.All(PelionContract.Operations, operation => Assert.True(
            routes.Contains($"{operation.Method} {operation.Shape}") != listed.Contains(operation.Id),
            $"{operation.Id} ({operation}) must be served, or listed as not served, but not both"));
        Assert.Empty(listed.Except(PelionContract.Operations.Select(operation => operation.Id)));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_valid_call_is_answered_as_the_contract_says(string id)
    {
        var operation = Find(id);
        await using var device = fixture.DeviceFor(operation);
        var scene = await fixture.NewSceneAsync(device);
        using var response = await scene.CallAsync(operation);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var status = (int)response.StatusCode;
        Assert.True(status < 300 && operation.Responses.ContainsKey(status), $"{status} is no success of {operation}: {text}");
        if (NamesAnother.Contains(operation.Id) || operation.Responses[status] is not { } schema || PelionContract.Resolve(schema)["type"] is { } type && (string?)type == "string")
            return;
        Assert.Empty(SchemaCheck.Problems(JsonNode.Parse(text), schema));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Without_a_key_nothing_is_told(string id)
    {
        var operation = Find(id);
        var path = operation.Shape.Replace("{}", UnknownId, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        using var response = await fixture.Server.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        await response.ReadErrorAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Theory]
    [MemberData(nameof(OperationsWithId))]
    public async Task An_id_that_is_nobodys_is_not_found(string id)
    {
        var operation = Find(id);
        var scene = await fixture.NewSceneAsync(null);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), operation.Shape.Replace("{}", UnknownId, StringComparison.Ordinal) + ContractSamples.QueryOf(operation))
        {
            Content = operation.Body is null ? null : new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
        };
        using var response = await scene.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains((int)response.StatusCode, operation.Responses.Keys.Where(status => status is 400 or 404));
        var error = operation.Responses[404] is { } schema ? PelionContract.Resolve(schema) : null;
        if (error?["properties"] is not null)
            Assert.Empty(SchemaCheck.Problems(await response.ReadAsync(response.StatusCode), error));
    }

    [Theory]
    [MemberData(nameof(OperationsWithBody))]
    public async Task A_body_that_cannot_be_read_is_refused(string id)
    {
        var operation = Find(id);
        await using var device = fixture.DeviceFor(operation);
        var scene = await fixture.NewSceneAsync(device);
        var path = await scene.PathAsync(operation.Shape) + ContractSamples.QueryOf(operation);
        foreach (var body in new[] { "{\"", "\"text\"", "1", "[[]]", "{\"name\":{\"deep\":[]}," })
        {
            using var response = await scene.Client.SendAsync(new HttpMethod(operation.Method), path, body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            if (operation.Id != WordErrors)
                await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        }
    }

    private static IEnumerable<ContractOperation> Served()
    {
        var listed = NotServed();
        return PelionContract.Operations.Where(operation => !listed.Contains(operation.Id) && !Elsewhere.Contains(operation.Id));
    }

    private static HashSet<string> NotServed()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "pelion-compatibility.md"));
        var section = page[page.IndexOf("## Not served", StringComparison.Ordinal)..];
        return [.. NotServedRow().Matches(section).SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value)];
    }

    private static ContractOperation Find(string id) => PelionContract.Operations.Single(operation => operation.Id == id);

    [GeneratedRegex(@"^\| (`.+`) \|", RegexOptions.Multiline)]
    private static partial Regex NotServedRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
