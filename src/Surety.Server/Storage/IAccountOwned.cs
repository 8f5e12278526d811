namespace Surety.Server.Storage;

/// <summary>A row of one account. <see cref="SuretyDb"/> shows such rows to their own account only.</summary>
internal interface IAccountOwned
{
    /// <summary>The account that owns the row.</summary>
    EntityId AccountId { get; }
}
