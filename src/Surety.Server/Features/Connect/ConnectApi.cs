using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Connect;

/// <summary>Devices over REST: <c>/v2/device-requests</c>, <c>/v2/endpoints</c>, <c>/v2/subscriptions</c>.</summary>
internal static class ConnectApi
{
    private const string RequestsTag = "Connect - device requests";
    private const string EndpointsTag = "Connect - endpoints";
    private const string SubscriptionsTag = "Connect - subscriptions";
    private const string DeviceParameter = "device_id";
    private const string DeviceMeaning = "The ID of the device.";

    // Whatever has a content format in CoAP; the handler knows.
    private const string AnyType = "*/*";

    private const string PathMeaning = "The path of an object, instance or resource: 3303/0/5700.";

    public static IServiceCollection AddConnect(this IServiceCollection services)
    {
        services.AddSingleton<DirectoryIntake>();
        services.AddSingleton<DeviceAdmission>();
        services.AddSingleton<ValueCache>(provider => new ValueCache(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DeviceRequestLog>();
        services.AddSingleton<DeviceRequests>();
        services.AddSingleton<SubscriptionStore>();
        services.AddSingleton<SubscriptionService>();
        services.AddSingleton<DtlsSessionFile>();
        services.AddSingleton<TrustEnforcer>();
        services.AddSingleton<DeviceEndpoints>();
        services.AddSingleton<ObjectDefinitions>();
        services.AddHostedService(provider => provider.GetRequiredService<ObjectDefinitions>());
        services.AddSingleton<DeviceWakes>();
        services.AddHostedService(provider => provider.GetRequiredService<DeviceWakes>());
        services.AddSingleton<ComponentVersions>();
        services.AddHostedService(provider => provider.GetRequiredService<ComponentVersions>());
        services.AddSingleton<DeviceGateway>();
        services.AddHostedService(provider => provider.GetRequiredService<DeviceGateway>());
        services.AddSingleton<ConnectService>();
        return services;
    }

    public static void MapConnectApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v2/device-requests/{device_id}", RequestAsync).AtDevice(DeviceParameter).OfFeature(PlatformFeatures.DeviceRequests).WithTags(RequestsTag).WithName("createAsyncRequest")
            .WithSummary("Send an async request to a device.").Produces(202).WithErrors(400, 401, 404);

        var endpoints = routes.MapGroup("/v2/endpoints").AtDevice(DeviceParameter).OfFeature(PlatformFeatures.Endpoints).WithTags(EndpointsTag);
        endpoints.MapGet("", ListEndpoints).WithName("getEndpoints").WithSummary("List registered devices.").WithErrors(401);
        endpoints.MapGet("/{device_id}", ListResources).WithName("getEndpointResources").WithSummary("List the resources on an endpoint.").WithErrors(401, 404);
        endpoints.MapGet("/{device_id}/{**path}", ReadAsync).WithName("getResourceValue").WithSummary("Read from a resource.")
            .Produces<byte[]>(200, "application/octet-stream").Produces<AsyncId>(202).Produces(205).WithErrors(400, 401, 404, 429, 502);
        endpoints.MapPut("/{device_id}/{**path}", WriteAsync).WithName("updateResourceValue").WithSummary("Write to a resource, or its attributes.")
            .Accepts<byte[]>(AnyType).Produces<AsyncId>(202).Produces(204).WithErrors(400, 401, 404, 409, 413, 415, 429, 502);
        endpoints.MapPost("/{device_id}/{**path}", ExecuteAsync).WithName("executeOrCreateResource").WithSummary("Execute a resource, or create an instance.")
            .Accepts<byte[]>(isOptional: true, AnyType).Produces<AsyncId>(202).Produces(204).WithErrors(400, 401, 404, 409, 413, 415, 429, 502);
        endpoints.MapDelete("/{device_id}/{**path}", DeleteAsync).WithName("deleteResource").WithSummary("Delete an instance.")
            .Produces<AsyncId>(202).Produces(204).WithErrors(400, 401, 404, 409, 429, 502);

        var subscriptions = routes.MapGroup("/v2/subscriptions").AtDevice(DeviceParameter).OfFeature(PlatformFeatures.Subscriptions).WithTags(SubscriptionsTag);
        subscriptions.MapGet("", GetPresubscriptions).WithName("getPreSubscriptions").WithSummary("Get pre-subscriptions.").WithErrors(401);
        subscriptions.MapPut("", SetPresubscriptionsAsync).WithName("updatePreSubscriptions").WithSummary("Set pre-subscriptions.").WithErrors(400, 401);
        subscriptions.MapDelete("", ClearPresubscriptionsAsync).WithName("deletePreSubscriptions").WithSummary("Remove pre-subscriptions.").WithErrors(401);
        subscriptions.MapGet("/{device_id}", ListSubscriptions).WithName("getEndpointSubscriptions")
            .WithSummary("Read an endpoint's subscriptions.").Produces<string>(200, "text/uri-list").WithErrors(401, 404);
        subscriptions.MapDelete("/{device_id}", UnsubscribeAllAsync).WithName("deleteEndpointSubscriptions")
            .WithSummary("Delete subscriptions from an endpoint.").WithErrors(401, 404);
        subscriptions.MapGet("/{device_id}/{**path}", CheckSubscription).WithName("checkResourceSubscription")
            .WithSummary("Read the subscription status of a resource.").Produces(200).WithErrors(401, 404);
        subscriptions.MapPut("/{device_id}/{**path}", SubscribeAsync).WithName("addResourceSubscription")
            .WithSummary("Subscribe to a resource path.").Produces(200).Produces<AsyncId>(202).WithErrors(400, 401, 404, 429, 502);
        subscriptions.MapDelete("/{device_id}/{**path}", UnsubscribeAsync).WithName("deleteResourceSubscription")
            .WithSummary("Remove a subscription.").WithErrors(400, 401, 404);
    }

    private static async Task<StatusCodeHttpResult> RequestAsync(
        Caller caller,
        [FromRoute(Name = "device_id"), Description(DeviceMeaning)] string deviceId,
        [FromQuery(Name = "async-id"), Description("The id of the answer: 1 to 40 letters, digits, '_' and '-'.")] string? asyncId,
        [FromQuery, Description("Further attempts after the first, 0 to 10.")] string? retry,
        [FromQuery(Name = "expiry-seconds"), Description("How long the request may wait, 60 to 2592000 seconds.")] string? expiry,
        DeviceRequestContent body,
        ConnectService connect,
        CancellationToken cancellationToken)
    {
        await connect.RequestAsync(caller, deviceId, asyncId, ReadNumber("retry", retry, 0, 10), ReadNumber("expiry-seconds", expiry, 60, 2_592_000), body.Body, cancellationToken);
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    private static Task<IReadOnlyList<EndpointInfo>> ListEndpoints(
        Caller caller, [FromQuery, Description("Only devices of this endpoint type.")] string? type, ConnectService connect, CancellationToken cancellationToken) =>
        connect.ListEndpointsAsync(caller, type, cancellationToken);

    private static Task<IReadOnlyList<ResourceInfo>> ListResources(
        Caller caller, [FromRoute(Name = "device_id"), Description(DeviceMeaning)] string deviceId, ConnectService connect, CancellationToken cancellationToken) =>
        connect.ListResourcesAsync(caller, deviceId, cancellationToken);

    private static Task<IResult> ReadAsync(
        Caller caller,
        [FromRoute(Name = "device_id"), Description(DeviceMeaning)] string deviceId,
        [Description(PathMeaning)] string? path,
        [FromQuery, Description("Answer from the cache, or not at all.")] string? cacheOnly,
        [FromQuery, Description("Send Non-confirmable and wait for no answer.")] string? noResp,
        HttpRequest request,
        ConnectService connect) =>
        connect.ReadAsync(caller, deviceId, path ?? "", ReadFlag("cacheOnly", cacheOnly), ReadFlag("noResp", noResp), request);

    private static Task<IResult> WriteAsync(
        Caller caller,
        [FromRoute(Name = "device_id"), Description(DeviceMeaning)] string deviceId,
        [Description(PathMeaning)] string? path,
        [FromQuery, Description("Send Non-confirmable and wait for no answer.")] string? noResp,
        HttpRequest request,
        ConnectService connect) => connect.ChangeAsync(caller, Coap.CoapCode.Put, deviceId, path ?? "", ReadFlag("noResp", noResp), request);

    private static Task<IResult> ExecuteAsync(
        Caller caller,
        [FromRoute(Name = "device_id"), Description(DeviceMeaning)] string deviceId,
        [Description(PathMeaning)] string? path,
        [FromQuery, Description("Send Non-confirmable and wait for no answer.")] string? noResp,
        HttpRequest request,
        ConnectService connect) => connect.ChangeAsync(caller, Coap.CoapCode.Post, deviceId, path ?? "", ReadFlag("noResp", noResp), request);

    private static Task<IResult> DeleteAsync(
        Caller caller,
        [FromRoute(Name = "device_id"), Description(DeviceMeaning)] string deviceId,
        [Description(PathMeaning)] string? path,
        [FromQuery, Description("Send Non-confirmable and wait for no answer.")] string? noResp,
        HttpRequest request,
        ConnectService connect) => connect.ChangeAsync(caller, Coap.CoapCode.Delete, deviceId, path ?? "", ReadFlag("noResp", noResp), request);

    private static IReadOnlyList<Presubscription> GetPresubscriptions(Caller caller, SubscriptionService subscriptions) => subscriptions.GetRules(caller.ApplicationId);

    private static async Task<NoContent> SetPresubscriptionsAsync(
        Caller caller, JsonBody<List<Presubscription>> body, ConnectService connect, CancellationToken cancellationToken)
    {
        await connect.SetPresubscriptionsAsync(caller, body.Value, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ClearPresubscriptionsAsync(Caller caller, ConnectService connect, CancellationToken cancellationToken)
    {
        await connect.SetPresubscriptionsAsync(caller, [], cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<ContentHttpResult> ListSubscriptions(
        Caller caller, [FromRoute(Name = "device_id"), Description(DeviceMeaning)] string deviceId, ConnectService connect, CancellationToken cancellationToken) =>
        TypedResults.Text(await connect.ListSubscriptionsAsync(caller, deviceId, cancellationToken), "text/uri-list");

    private static async Task<NoContent> UnsubscribeAllAsync(
        Caller caller, [FromRoute(Name = "device_id"), Description(DeviceMeaning)] string deviceId, ConnectService connect, CancellationToken cancellationToken)
    {
        await connect.UnsubscribeAsync(caller, deviceId, null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok> CheckSubscription(
        Caller caller,
        [FromRoute(Name = "device_id"), Description(DeviceMeaning)] string deviceId,
        [Description(PathMeaning)] string? path,
        ConnectService connect,
        CancellationToken cancellationToken)
    {
        await connect.CheckSubscriptionAsync(caller, deviceId, path ?? "", cancellationToken);
        return TypedResults.Ok();
    }

    private static async Task<Results<Ok, JsonHttpResult<AsyncId>>> SubscribeAsync(
        Caller caller,
        [FromRoute(Name = "device_id"), Description(DeviceMeaning)] string deviceId,
        [Description(PathMeaning)] string? path,
        ConnectService connect,
        CancellationToken cancellationToken) =>
        await connect.SubscribeAsync(caller, deviceId, path ?? "", cancellationToken) is { } pending
            ? TypedResults.Json(pending, statusCode: StatusCodes.Status202Accepted)
            : TypedResults.Ok();

    private static async Task<NoContent> UnsubscribeAsync(
        Caller caller,
        [FromRoute(Name = "device_id"), Description(DeviceMeaning)] string deviceId,
        [Description(PathMeaning)] string? path,
        ConnectService connect,
        CancellationToken cancellationToken)
    {
        await connect.UnsubscribeAsync(caller, deviceId, path ?? "", cancellationToken);
        return TypedResults.NoContent();
    }

    private static int? ReadNumber(string name, string? text, int least, int most)
    {
        if (text is null)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw ApiException.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}"));
    }

    private static bool ReadFlag(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return text is not null;
        return bool.TryParse(text, out var flag) ? flag : throw ApiException.Invalid(name, "must be true or false");
    }
}
