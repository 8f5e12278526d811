using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Accounts;

/// <summary>What callers can say of an account at any time. A member that is absent or null stays as it is.</summary>
internal abstract record AccountReq
{
    [MaxLength(100)]
    public string? AddressLine1 { get; init; }

    [MaxLength(100)]
    public string? AddressLine2 { get; init; }

    [MaxLength(100)]
    public string? City { get; init; }

    [MaxLength(100)]
    public string? Company { get; init; }

    [MaxLength(100)]
    public string? Contact { get; init; }

    [MaxLength(100)]
    public string? Country { get; init; }

    [MaxLength(100)]
    public string? DisplayName { get; init; }

    [EmailAddress(ErrorMessage = "must be an e-mail address")]
    [StringLength(254, MinimumLength = 3, ErrorMessage = "must have 3 to 254 characters")]
    public string? Email { get; init; }

    [MaxLength(100)]
    public string? PhoneNumber { get; init; }

    [MaxLength(100)]
    public string? PostalCode { get; init; }

    [MaxLength(100)]
    public string? State { get; init; }

    [Description("Other ids of the account, at most 10: 8 to 100 letters, digits, or any of - . _, which no other account has.")]
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>What this puts in the place of <paramref name="old"/>.</summary>
    public virtual AccountProfile ApplyTo(AccountProfile old) => old with
    {
        AddressLine1 = AddressLine1 ?? old.AddressLine1,
        AddressLine2 = AddressLine2 ?? old.AddressLine2,
        City = City ?? old.City,
        Company = Company ?? old.Company,
        Contact = Contact ?? old.Contact,
        Country = Country ?? old.Country,
        Email = Email ?? old.Email,
        PhoneNumber = PhoneNumber ?? old.PhoneNumber,
        PostalCode = PostalCode ?? old.PostalCode,
        State = State ?? old.State,
    };
}
