namespace Surety.Server.Features.Accounts;

/// <summary>What an account says about its owner; for people alone, nothing depends on it. (account-management, AccountInfo.)</summary>
internal sealed record AccountProfile
{
    public string? AddressLine1 { get; init; }

    public string? AddressLine2 { get; init; }

    public string? City { get; init; }

    public string? Company { get; init; }

    public string? Contact { get; init; }

    public string? ContractNumber { get; init; }

    public string? Country { get; init; }

    public string? CustomerNumber { get; init; }

    public string? Email { get; init; }

    public string? PhoneNumber { get; init; }

    public string? PostalCode { get; init; }

    public string? SalesContact { get; init; }

    public string? State { get; init; }
}
