namespace Surety.Client;

/// <summary>What a user is made of or changed to; null leaves a member as it is.</summary>
public sealed record UserRequest
{
    /// <summary>The address.</summary>
    public string? Email { get; init; }

    /// <summary>Another name for signing in.</summary>
    public string? Username { get; init; }

    /// <summary>The name.</summary>
    public string? FullName { get; init; }

    /// <summary>The telephone number.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>The postal address.</summary>
    public string? Address { get; init; }

    /// <summary>The password; made by the platform when none is given.</summary>
    public string? Password { get; init; }

    /// <summary>The ids of the policy groups.</summary>
    public IReadOnlyList<string>? Groups { get; init; }
}
