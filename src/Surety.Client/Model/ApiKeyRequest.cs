namespace Surety.Client;

/// <summary>What a key is made of or changed to; null leaves a member as it is.</summary>
public sealed record ApiKeyRequest
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary><c>ACTIVE</c> or <c>INACTIVE</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The id of the user who owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>The ids of the policy groups.</summary>
    public IReadOnlyList<string>? Groups { get; init; }
}
