namespace Surety.Server.Features.Accounts;

/// <summary>The account that administers a tenant, as the tenant sees it.</summary>
internal sealed record ParentAccountInfo(EntityId Id, string? AdminName, string? AdminEmail);
