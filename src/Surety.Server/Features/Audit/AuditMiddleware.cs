namespace Surety.Server.Features.Audit;

/// <summary>Says who is at work while a request runs; stands behind authentication.</summary>
internal sealed class AuditMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var scope = AuditScope.Begin(AuditActor.Of(context));
        await next(context);
    }
}
