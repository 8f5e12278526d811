namespace Surety.Server.Features.RateLimiting;

/// <summary>Feature of a request that came with a key that is none, or that was not looked up because too many from its address were none.</summary>
/// <param name="Wait">After what time the address may try again; zero when it was not refused.</param>
internal sealed record FailedAuthentication(TimeSpan Wait);
