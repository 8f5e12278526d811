namespace Surety.Server.Features.Audit;

/// <summary>
/// Who is at work here: it goes with the calls, as the log scope does. What a request leaves running behind it is the platform's own work once the
/// request has ended.
/// </summary>
internal sealed class AuditScope : IDisposable
{
    private static readonly AsyncLocal<AuditScope?> Ambient = new();

    private readonly AuditScope? _outer;
    private readonly AuditActor _actor;
    private volatile bool _isOver;

    private AuditScope(AuditActor actor)
    {
        _actor = actor;
        _outer = Ambient.Value;
        Ambient.Value = this;
    }

    /// <summary>Who is at work; the platform, when nobody has said.</summary>
    public static AuditActor Actor => Ambient.Value is { _isOver: false } scope ? scope._actor : AuditActor.Platform;

    /// <summary>Until the result is disposed of, what is done here is done by <paramref name="actor"/>.</summary>
    public static AuditScope Begin(AuditActor actor) => new(actor);

    /// <summary>As <see cref="Begin"/>, for a part of the platform.</summary>
    public static AuditScope BeginPlatform(string work) => new(AuditActor.OfPlatform(work));

    public void Dispose()
    {
        _isOver = true;
        Ambient.Value = _outer;
    }
}
