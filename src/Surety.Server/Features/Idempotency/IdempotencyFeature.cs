namespace Surety.Server.Features.Idempotency;

/// <summary>Puts the feature together.</summary>
internal static class IdempotencyFeature
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services) =>
        services.AddSingleton<IdempotencyStore>().AddHostedService<IdempotencySweep>();
}
