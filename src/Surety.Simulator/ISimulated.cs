namespace Surety.Simulator;

/// <summary>Something that changes as time passes.</summary>
internal interface ISimulated
{
    /// <summary>How long until the next <see cref="Step"/>.</summary>
    TimeSpan Period { get; }

    /// <summary>Lets time pass.</summary>
    /// <param name="now">The time.</param>
    /// <param name="elapsed">Since the last step.</param>
    void Step(DateTimeOffset now, TimeSpan elapsed);
}
