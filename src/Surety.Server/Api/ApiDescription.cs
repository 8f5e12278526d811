using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Surety.Server.Api.Filters;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Idempotency;
using Surety.Server.Hosting;

namespace Surety.Server.Api;

/// <summary>The OpenAPI document at <c>/openapi/v3.json</c>, made from the endpoints, and a page to browse it at <c>/docs</c>.</summary>
internal static class ApiDescription
{
    private const string DocumentName = "v3";
    private const string DocumentPath = $"/openapi/{DocumentName}.json";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.AddDocumentTransformer(DescribeDocument);
        options.AddOperationTransformer(DescribeOperation);
        options.AddSchemaTransformer(DescribeSchema);
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    /// <summary>The page comes from files within the program, so it works without the Internet.</summary>
    public static void UseApiPage(this IApplicationBuilder app) => app.UseSwaggerUI(page =>
    {
        page.RoutePrefix = "docs";
        page.DocumentTitle = "Surety API";
        page.SwaggerEndpoint(DocumentPath, "Surety Service API");
        page.ConfigObject.PersistAuthorization = true;
    });

    private static Task DescribeDocument(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Surety Service API",
            Version = SuretyHost.Version,
            Description = "Device management for applications. Requests carry an API key; errors are always the same object.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [ApiKeyAuthentication.SchemeName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key, ak_...",
            },
        };
        var bearer = new OpenApiSecuritySchemeReference(ApiKeyAuthentication.SchemeName, document);
        document.Security = [new OpenApiSecurityRequirement { [bearer] = [] }];
        return Task.CompletedTask;
    }

    private static Task DescribeOperation(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<EndpointConventions.ListParameters>().FirstOrDefault() is { } list)
            AddListParameters(operation, list.Filters);
        if (HttpMethods.IsPost(context.Description.HttpMethod ?? "") && !metadata.OfType<IAllowAnonymous>().Any())
            AddIdempotencyKey(operation);
        AddRateLimit(operation, context.Document);
        AddExample(operation, metadata, context.ApplicationServices);
        return Task.CompletedTask;
    }

    private static Task DescribeSchema(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(EntityId))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[0-9a-f]{32}$";
            schema.Description = "An id: 32 hexadecimal digits that sort by creation.";
        }
        else if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
        }

        return Task.CompletedTask;
    }

    private static void AddListParameters(OpenApiOperation operation, IFilterDescriptions filters)
    {
        Add("limit", $"Items of a page; values outside {ListQuery.MinLimit} to {ListQuery.MaxLimit} are set to the nearest bound.", new OpenApiSchema
        {
            Type = JsonSchemaType.Integer, Default = JsonValue.Create(ListQuery.DefaultLimit),
        });
        Add("after", "The id of the last item of the page before.", new OpenApiSchema { Type = JsonSchemaType.String });
        Add("order", "By creation.", new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("ASC"), JsonValue.Create("DESC")] });
        Add("include", "Comma-separated: total_count.", new OpenApiSchema { Type = JsonSchemaType.String });
        Add(
            "filter",
            "Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; "
            + "a field without operator means eq.",
            new OpenApiSchema { Type = JsonSchemaType.String });
        foreach (var filter in filters.Descriptions)
        {
            foreach (var op in filter.Operators)
            {
                var field = filter.HasKeys ? $"{filter.Name}{FilterOperators.Separator}<key>" : filter.Name;
                var name = $"{field}{FilterOperators.Separator}{FilterOperators.Name(op)}";
                var isList = op is FilterOperator.In or FilterOperator.Nin;
                Add(name, $"{FilterOperators.Name(op)} filter for the field {field}{(isList ? ", comma-separated" : "")}.", Schema(filter.Format, isList));
            }
        }

        void Add(string name, string description, OpenApiSchema schema) => (operation.Parameters ??= []).Add(
            new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema });
    }

    private static void AddIdempotencyKey(OpenApiOperation operation) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Description = "A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. "
            + "409 while the first still runs, 422 for another request with the same key.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = IdempotencyKey.MaxLength },
    });

    // Every operation counts.
    private static void AddRateLimit(OpenApiOperation operation, OpenApiDocument? document)
    {
        var header = new OpenApiHeader { Description = "Seconds to wait.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } };
        var content = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(ErrorResponse), document) };
        (operation.Responses ??= [])["429"] = new OpenApiResponse
        {
            Description = "Too many requests.",
            Headers = new Dictionary<string, IOpenApiHeader> { [HeaderNames.RetryAfter] = header },
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = content },
        };
    }

    private static void AddExample(OpenApiOperation operation, IList<object> metadata, IServiceProvider services)
    {
        if (metadata.OfType<IAcceptsMetadata>().FirstOrDefault(accepts => accepts.RequestType is not null) is not { RequestType: { } type }
            || operation.RequestBody?.Content is not { } contents || !contents.TryGetValue("application/json", out var content))
            return;
        content.Example = ApiExamples.Of(type, services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
    }

    private static OpenApiSchema Schema(FilterFormat format, bool isList) => (isList ? FilterFormat.Text : format) switch
    {
        FilterFormat.Switch => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        FilterFormat.Number => new OpenApiSchema { Type = JsonSchemaType.Integer },
        FilterFormat.DateTime => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        FilterFormat.Date => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
        _ => new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
