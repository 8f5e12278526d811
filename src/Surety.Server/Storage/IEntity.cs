namespace Surety.Server.Storage;

/// <summary>A row with a time-ordered id, so that it can be listed page by page.</summary>
internal interface IEntity
{
    /// <summary>The primary key.</summary>
    EntityId Id { get; }
}
