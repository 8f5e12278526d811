using Surety.Coap;

namespace Surety.Server.Features.Connect;

/// <summary>Saves the sessions of an endpoint every 30 seconds while it is open, and once more when it closes.</summary>
internal sealed partial class DtlsSessionSaver(DtlsCoapEndpoint endpoint, DtlsSessionFile file, TimeProvider time, ILogger<DtlsSessionFile> log) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = RunAsync();

    /// <summary>Saves what there is; the endpoint must still be open, and hears nothing that matters afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await SaveAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                await SaveAsync();
        }
        catch (OperationCanceledException)
        {
            // The endpoint closes.
        }
    }

    private async Task SaveAsync()
    {
        try
        {
            await file.SaveAsync(await endpoint.SaveAsync(), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CoapExchangeException)
        {
            LogNotSaved(e);
        }
    }

    [LoggerMessage(1433, LogLevel.Error, "The DTLS sessions could not be saved; after a restart devices will make new ones")]
    private partial void LogNotSaved(Exception exception);
}
