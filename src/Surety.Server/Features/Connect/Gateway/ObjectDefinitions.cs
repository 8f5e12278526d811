using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Connect;

/// <summary>
/// The definitions of LwM2M objects: OMA's registry, and what the operator puts into the folder <c>objects</c> of the data directory as XML,
/// also while the server runs.
/// </summary>
internal sealed partial class ObjectDefinitions : BackgroundService
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ILogger<ObjectDefinitions> _log;
    private volatile ObjectModelRegistry _registry = ObjectModelRegistry.Default;
    private string _seen = "";

    public ObjectDefinitions(DataDirectory data, TimeProvider time, ILogger<ObjectDefinitions> log)
    {
        _folder = data.File("objects");
        _time = time;
        _log = log;
        Reload();
    }

    /// <summary>The definitions of this moment.</summary>
    public ObjectModelRegistry Registry => _registry;

    /// <summary>Whether the object says that the resource at <paramref name="path"/> has bytes.</summary>
    public bool IsOpaque(Registration registration, Lwm2mPath path)
    {
        var model = registration.Links.VersionOf(path.ObjectId) is { } version ? _registry.Find(path.ObjectId, version) : _registry.Find(path.ObjectId);
        return model?.Find(path.ResourceId)?.Type == ResourceType.Opaque;
    }

    /// <summary>Reads the folder, when something in it has changed.</summary>
    public void Reload()
    {
        var folder = new DirectoryInfo(_folder);
        var state = folder.Exists
            ? string.Join('|', folder.EnumerateFiles("*.xml").OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name}:{f.Length}:{f.LastWriteTimeUtc.Ticks}"))
            : "";
        if (state == _seen)
            return;
        _seen = state;
        IReadOnlyList<ObjectModel> models = [];
        if (state.Length > 0)
        {
            models = Lwm2mObjectXml.LoadFolder(_folder, out var faults);
            foreach (var fault in faults)
                LogFault(fault);
        }

        _registry = models.Count == 0 ? ObjectModelRegistry.Default : ObjectModelRegistry.Default.With(models);
        LogLoaded(models.Count, _folder);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckInterval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Reload();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogUnreadable(e, _folder);
            }
        }
    }

    [LoggerMessage(1441, LogLevel.Information, "{Count} object definitions of the operator from {Folder}")]
    private partial void LogLoaded(int count, string folder);

    [LoggerMessage(1442, LogLevel.Warning, "Object definition not used: {Fault}")]
    private partial void LogFault(string fault);

    [LoggerMessage(1443, LogLevel.Warning, "The object definitions in {Folder} cannot be read")]
    private partial void LogUnreadable(Exception exception, string folder);
}
