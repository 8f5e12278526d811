using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Surety.Server.Api;

namespace Surety.Server.Features.Connect;

/// <summary>The JSON of a device request, with Pelion's word for what is wrong with it.</summary>
internal sealed class DeviceRequestContent : IBindableFromHttpContext<DeviceRequestContent>, IEndpointParameterMetadataProvider
{
    private DeviceRequestContent(DeviceRequestBody body) => Body = body;

    public DeviceRequestBody Body { get; }

    /// <exception cref="ApiException">400 or 415.</exception>
    public static async ValueTask<DeviceRequestContent?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        try
        {
            return new DeviceRequestContent((await JsonBody<DeviceRequestBody>.BindAsync(context, parameter))!.Value);
        }
        catch (ApiException error) when (error.Status == StatusCodes.Status400BadRequest)
        {
            throw ConnectErrors.MalformedContent(error);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => JsonBody<DeviceRequestBody>.PopulateMetadata(parameter, builder);
}
