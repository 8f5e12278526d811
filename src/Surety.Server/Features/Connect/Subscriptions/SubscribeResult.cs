namespace Surety.Server.Features.Connect;

/// <summary>What came of a subscription made by hand.</summary>
internal enum SubscribeResult
{
    /// <summary>The device reports the path already.</summary>
    Subscribed,

    /// <summary>The device will be asked; the outcome comes as an async-response.</summary>
    Pending,

    /// <summary>Too many requests wait for the device.</summary>
    QueueFull,
}
