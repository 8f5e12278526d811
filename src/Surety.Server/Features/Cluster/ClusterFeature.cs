using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Cluster;

/// <summary>Several nodes as one platform. Without the setting all of it is <see cref="SingleNode"/>.</summary>
internal static class ClusterFeature
{
    // Nodes start one after the other: they migrate one database, and compare what they have.
    private const string Starting = "start";

    private static readonly TimeSpan StartRetry = TimeSpan.FromMilliseconds(200);

    public static IServiceCollection AddCluster(this IServiceCollection services, ClusterSettings settings)
    {
        if (settings.Redis is null)
        {
            services.AddSingleton<SingleNode>();
            services.AddSingleton<IClusterLeases>(provider => provider.GetRequiredService<SingleNode>());
            return services;
        }

        services.AddSingleton<ClusterConnection>();
        services.AddSingleton<ClusterIdentity>();
        services.AddSingleton<ClusterNode>();
        services.AddSingleton<IClusterLeases>(provider => provider.GetRequiredService<ClusterNode>());
        return services;
    }

    /// <summary>Joins the cluster, before anything that nodes share is touched; does nothing without one.</summary>
    /// <exception cref="Hosting.StartupException">This node cannot be one of the cluster.</exception>
    public static async Task JoinClusterAsync(this WebApplication app)
    {
        if (app.Services.GetService<ClusterNode>() is not { } node)
            return;
        await node.JoinAsync(app.Lifetime.ApplicationStopping);
        while (!await node.HoldAsync(Starting))
            await Task.Delay(StartRetry, app.Services.GetRequiredService<TimeProvider>(), app.Lifetime.ApplicationStopping);
    }

    /// <summary>The node listens: others may send to it. Does nothing without a cluster.</summary>
    public static async Task ServeClusterAsync(this WebApplication app)
    {
        if (app.Services.GetService<ClusterNode>() is not { } node)
            return;
        var settings = app.Services.GetRequiredService<SuretySettings>();
        var urls = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        await node.ServeAsync(settings.Cluster.Advertise?.GetLeftPart(UriPartial.Authority) ?? Advertised(urls.First(), settings.PublicHost));
        await node.DropAsync(Starting);
    }

    /// <summary>The address as others can use it: "any address" is not one.</summary>
    internal static string Advertised(string url, string publicHost)
    {
        var address = BindingAddress.Parse(url);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? publicHost : address.Host;
        return new UriBuilder(address.Scheme, host.Trim('[', ']'), address.Port).Uri.GetLeftPart(UriPartial.Authority);
    }
}
