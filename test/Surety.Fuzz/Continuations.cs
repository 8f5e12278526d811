using Surety.Testing.Coap;

namespace Surety.Fuzz;

/// <summary>Waits for tasks that go on in simulated time, on threads of the pool, which a busy machine may run late.</summary>
internal static class Continuations
{
    private const int MaxTurns = 500;

    private static readonly TimeSpan SimulatedTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RealTime = TimeSpan.FromMilliseconds(10);

    /// <exception cref="TimeoutException">It has not come true within days of simulated and seconds of real time.</exception>
    public static void RunUntil(SimulatedNetwork network, Func<bool> condition)
    {
        for (int turn = 0; ; turn++)
        {
            try
            {
                network.RunUntil(condition, SimulatedTime);
                return;
            }
            catch (TimeoutException) when (turn < MaxTurns)
            {
                SpinWait.SpinUntil(condition, RealTime);
            }
        }
    }
}
