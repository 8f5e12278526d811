using Surety.Lwm2m;
using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>An Object Instance whose values change as those of a real thing do.</summary>
/// <param name="model">The Object's definition.</param>
/// <param name="random">What chance does to it; its own, so that a device behaves the same whatever others do.</param>
internal abstract class SimulatedObject(ObjectModel model, Random random) : ObjectInstance(model), ISimulated
{
    protected Random Random { get; } = random;

    /// <summary>The value that says most, with its unit.</summary>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract TimeSpan Period { get; }

    /// <inheritdoc/>
    public void Step(DateTimeOffset now, TimeSpan elapsed)
    {
        using ChangeScope changes = BeginChanges();
        Advance(now, elapsed);
    }

    protected static ObjectModel Definition(ushort objectId) => ObjectModelRegistry.Default.Find(objectId)!;

    protected abstract void Advance(DateTimeOffset now, TimeSpan elapsed);

    /// <summary>A normally distributed number (Box-Muller).</summary>
    protected double Normal(double deviation) =>
        deviation * Math.Sqrt(-2 * Math.Log(1 - Random.NextDouble())) * Math.Cos(2 * Math.PI * Random.NextDouble());
}
