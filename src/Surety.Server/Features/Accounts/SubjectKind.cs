namespace Surety.Server.Features.Accounts;

/// <summary>What calls the API. (account-management, SubjectList.)</summary>
internal enum SubjectKind
{
    User,

    ApiKey,

    Application,
}
