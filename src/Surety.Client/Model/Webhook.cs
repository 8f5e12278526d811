namespace Surety.Client;

/// <summary>Where the platform sends notifications to. (<c>/v2/notification/callback</c>)</summary>
/// <param name="Url">The address; it must answer a test when the webhook is set.</param>
/// <param name="Headers">Headers that each request carries.</param>
public sealed record Webhook(string Url, IReadOnlyDictionary<string, string>? Headers = null);
