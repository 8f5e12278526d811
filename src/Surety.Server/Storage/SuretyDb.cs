using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Storage;

/// <summary>
/// The database as one account sees it: a global query filter hides the rows of every other account. Work of the platform itself - first
/// run, authentication - has no account and says so at each query with <see cref="AllAccounts{T}"/>. Open it with
/// <see cref="SuretyDbFactory"/>; it serves one unit of work, on one thread at a time. The two providers share this model and differ in the
/// types of columns only.
/// </summary>
internal abstract class SuretyDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>The name of the query filter that keeps accounts apart.</summary>
    public const string AccountFilter = "account";

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Features.Directory.Device> Devices => Set<Features.Directory.Device>();

    /// <summary>The account whose rows are visible; without an account none are.</summary>
    /// <remarks>Set by the factory each time it hands the context out: contexts are pooled.</remarks>
    public EntityId AccountId { get; set; }

    /// <summary>The rows of every account, for the platform's own work.</summary>
    public IQueryable<T> AllAccounts<T>()
        where T : class => Set<T>().IgnoreQueryFilters([AccountFilter]);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(SuretyDb).Assembly);
        modelBuilder.Entity<Account>().HasQueryFilter(AccountFilter, row => row.Id == AccountId);
        foreach (var entity in modelBuilder.Model.GetEntityTypes().ToList())
        {
            if (typeof(IAccountOwned).IsAssignableFrom(entity.ClrType))
                HideOtherAccounts(modelBuilder, entity);
        }

        SnakeCaseNames.Apply(modelBuilder.Model);
    }

    private void HideOtherAccounts(ModelBuilder modelBuilder, IMutableEntityType entity) =>
        typeof(SuretyDb).GetMethod(nameof(AddAccountFilter), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
            .MakeGenericMethod(entity.ClrType)
            .Invoke(this, [modelBuilder]);

    private void AddAccountFilter<T>(ModelBuilder modelBuilder)
        where T : class, IAccountOwned =>
        modelBuilder.Entity<T>().HasQueryFilter(AccountFilter, row => row.AccountId == AccountId);
}
