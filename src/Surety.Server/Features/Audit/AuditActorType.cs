namespace Surety.Server.Features.Audit;

/// <summary>Who has done something.</summary>
internal enum AuditActorType
{
    /// <summary>The platform itself.</summary>
    Platform,

    /// <summary>A person who has signed in.</summary>
    User,

    /// <summary>A program with an API key.</summary>
    ApiKey,

    /// <summary>Somebody who has not proven who it is.</summary>
    Anonymous,
}
