namespace Surety.Client;

/// <summary>One path of an echo.</summary>
public sealed record EchoResource
{
    /// <summary>The path, such as <c>/3311/0/5850</c>.</summary>
    public string ResourcePath { get; init; } = "";

    /// <summary>What the device has reported last; null: nothing.</summary>
    public EchoReported? Reported { get; init; }

    /// <summary>What is wanted; null: nothing.</summary>
    public EchoDesired? Desired { get; init; }

    /// <summary>Somebody is subscribed to it.</summary>
    public bool Subscribed { get; init; }
}
