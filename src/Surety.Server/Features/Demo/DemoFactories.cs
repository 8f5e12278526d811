using System.Collections.Concurrent;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Enrollment;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Demo;

/// <summary>The factories of the accounts, and where the devices from them keep what they have.</summary>
internal sealed class DemoFactories(DataDirectory data, DeviceTrust trust, TrustedCertificates trusted, EnrollmentService enrollments, TimeProvider time) : IDisposable
{
    private const string Demo = "demo";
    private const string Accounts = "accounts";

    private readonly ConcurrentDictionary<EntityId, DemoFactory> _factories = new();

    /// <summary>The factory of an account; it must be started before it makes devices.</summary>
    public DemoFactory Of(EntityId account) =>
        _factories.GetOrAdd(account, id => new DemoFactory(id, Path.Combine(FolderOf(id), "factory"), trusted, enrollments, time));

    /// <summary>The factory of the first account.</summary>
    public DemoFactory OfPlatform() => Of(trust.PlatformAccount);

    /// <summary>Where the devices of an account have a folder each.</summary>
    public string FolderOf(EntityId account) => account == trust.PlatformAccount ? data.File(Demo) : data.File(Path.Combine(Demo, Accounts, account.ToString()));

    /// <summary>The accounts that have had devices here.</summary>
    public IReadOnlyList<EntityId> FindAccounts()
    {
        List<EntityId> accounts = [trust.PlatformAccount];
        var folder = new DirectoryInfo(data.File(Path.Combine(Demo, Accounts)));
        if (folder.Exists)
            accounts.AddRange(folder.EnumerateDirectories().Select(one => EntityId.TryParse(one.Name, out var id) ? id : default).Where(id => !id.IsNone));
        return accounts;
    }

    public void Dispose()
    {
        foreach (var factory in _factories.Values)
            factory.Dispose();
    }
}
