using Surety.Testing.Coap;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>A simulated network with a clock: days pass in milliseconds, the same way every time.</summary>
internal sealed class World
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public World(int seed = 1)
    {
        Network = new SimulatedNetwork(seed);
        Clock = new SimulatedClock(Network);
    }

    public SimulatedNetwork Network { get; }

    public SimulatedClock Clock { get; }

    public TimeSpan Now => TimeSpan.FromMilliseconds(Network.Now);

    public void Run(double seconds) => Pass(static () => false, TimeSpan.FromSeconds(seconds));

    public void RunUntil(Func<bool> condition, TimeSpan? limit = null) =>
        Assert.True(Pass(condition, limit ?? Patience), $"Nothing came of it within {limit ?? Patience} of simulated time.");

    /// <summary>The same for what goes on in continuations on other threads: real time goes by with the simulated time, little by little.</summary>
    public void RunPatientlyUntil(Func<bool> condition)
    {
        for (int i = 0; i < 20_000; i++)
        {
            if (Pass(condition, TimeSpan.FromMilliseconds(50)))
                return;
            Task.Delay(i < 100 ? 1 : 5, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        }

        Assert.Fail("Nothing came of it.");
    }

    public T Await<T>(Task<T> task)
    {
        RunPatientlyUntil(() => task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }

    public void Await(Task task)
    {
        RunPatientlyUntil(() => task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    private bool Pass(Func<bool> condition, TimeSpan time)
    {
        long end = Network.Now + (long)time.TotalMilliseconds;
        while (true)
        {
            Clock.FireDue();
            if (condition())
                return true;
            if (Network.Now >= end)
                return false;
            long next = Math.Min(end, Clock.NextDue);
            if (next <= Network.Now)
                continue;
            try
            {
                // Ends early when something sets a timer that is due before.
                Network.RunUntil(() => condition() || Clock.NextDue < next, TimeSpan.FromMilliseconds(next - Network.Now));
            }
            catch (TimeoutException)
            {
                // The time is there.
            }
        }
    }
}
