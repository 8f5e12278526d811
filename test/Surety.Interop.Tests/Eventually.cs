namespace Surety.Interop.Tests;

/// <summary>Waits for what another process brings about, and that only polling can see.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static async Task IsTrueAsync(Func<bool> condition, Func<string>? describe = null)
    {
        for (TimeSpan waited = TimeSpan.Zero; waited < ForeignProcess.Patience && !condition(); waited += Interval)
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        Assert.True(condition(), describe?.Invoke());
    }
}
