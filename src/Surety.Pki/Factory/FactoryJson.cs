using System.Text.Json.Serialization;

namespace Surety.Pki;

/// <summary>The documents of factories as JSON: names in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FactoryQuota))]
[JsonSerializable(typeof(FactoryManifest))]
[JsonSerializable(typeof(FactorySettings))]
internal sealed partial class FactoryJson : JsonSerializerContext;
