namespace Surety.Server.Features.Echo;

/// <summary>One path of an echo. (connect, EchoResource.)</summary>
/// <param name="ResourcePath">The path.</param>
/// <param name="Reported">What the device has reported last; null: nothing.</param>
/// <param name="Desired">What is wanted; null: nothing.</param>
/// <param name="Subscribed">An application, or a rule, is subscribed to the path.</param>
internal sealed record EchoResourceData(string ResourcePath, EchoReportedData? Reported, EchoDesiredData? Desired, bool Subscribed);
