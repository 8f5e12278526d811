using Surety.Lwm2m;

namespace Surety.Server.Features.Connect;

/// <summary>A link of a registration.</summary>
internal sealed record RegisteredResource(Lwm2mPath Path, string? ResourceType, string? Interfaces, string? ContentType, bool IsObservable);
