using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>What became of a queued request: a response of the device, or the reason why there is none.</summary>
public readonly record struct QueueOutcome
{
    private QueueOutcome(DeviceResponse? response, QueueFailure failure)
    {
        Response = response;
        Failure = failure;
    }

    /// <summary>What the device answered; null when it did not.</summary>
    public DeviceResponse? Response { get; }

    /// <summary>Why there is no response.</summary>
    public QueueFailure Failure { get; }

    /// <summary>The device has answered.</summary>
    public static QueueOutcome Answered(DeviceResponse response) => new(response, QueueFailure.None);

    /// <summary>The device has not.</summary>
    public static QueueOutcome Failed(QueueFailure failure) => new(null, failure);

    internal static QueueFailure From(ExchangeFailure failure) => failure switch
    {
        ExchangeFailure.Timeout => QueueFailure.Timeout,
        ExchangeFailure.Unreachable or ExchangeFailure.Closed => QueueFailure.NotConnected,
        ExchangeFailure.TooLarge => QueueFailure.TooLarge,
        _ => QueueFailure.Rejected,
    };
}
