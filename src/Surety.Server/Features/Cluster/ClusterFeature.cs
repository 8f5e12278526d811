using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Cluster;

/// <summary>Several nodes as one platform. Without the setting all of it is <see cref="SingleNode"/>.</summary>
internal static class ClusterFeature
{
    // Nodes start one after the other: they migrate one database, and compare what they have.
    private const string Starting = "start";

    // A node serves from now on, perhaps at another address than before.
    private const string NodeTopic = "node";

    private static readonly TimeSpan StartRetry = TimeSpan.FromMilliseconds(200);

    public static IServiceCollection AddCluster(this IServiceCollection services, ClusterSettings settings)
    {
        if (settings.Redis is null)
        {
            services.AddSingleton<SingleNode>();
            services.AddSingleton<IClusterLeases>(provider => provider.GetRequiredService<SingleNode>());
            services.AddSingleton<IClusterNotices>(provider => provider.GetRequiredService<SingleNode>());
            services.AddSingleton<IDeviceLocations>(provider => provider.GetRequiredService<SingleNode>());
            services.AddSingleton<IPeerEndpoints>(provider => provider.GetRequiredService<SingleNode>());
            return services;
        }

        services.AddSingleton<ClusterConnection>();
        services.AddSingleton<ClusterIdentity>();
        services.AddSingleton<ClusterNode>();
        services.AddSingleton<IClusterLeases>(provider => provider.GetRequiredService<ClusterNode>());
        services.AddSingleton<RedisNotices>();
        services.AddSingleton<IClusterNotices>(provider => provider.GetRequiredService<RedisNotices>());
        services.AddSingleton<IDeviceLocations, RedisDeviceLocations>();
        services.AddSingleton<ClusterSecret>();
        services.AddSingleton<SignedRequests>();
        services.AddSingleton<NodeClient>();
        services.AddSingleton<RequestForwarder>();
        services.AddSingleton<IPeerEndpoints, PeerEndpoints>();
        services.AddSingleton<PeerRenewals>();
        return services;
    }

    /// <summary>What runs in the background, after the devices' server.</summary>
    public static IServiceCollection AddClusterWork(this IServiceCollection services, ClusterSettings settings)
    {
        if (settings.Redis is not null)
        {
            services.AddSingleton<ChannelHolders>();
            services.AddHostedService(provider => provider.GetRequiredService<ChannelHolders>());
            services.AddHostedService<RequestHandOver>();
        }

        return services;
    }

    /// <summary>Sends requests to the nodes that they concern, and answers those of nodes; after authorization.</summary>
    public static void UseCluster(this WebApplication app)
    {
        if (app.Services.GetService<ClusterNode>() is null)
            return;
        app.UseMiddleware<DeviceRouting>();
        app.UseMiddleware<ChannelRouting>();
        ChannelHolders.Map(app);
        PeerEndpoints.Map(app);
        PeerRenewals.Map(app);
        RequestHandOver.Map(app);
    }

    /// <summary>Joins the cluster, before anything that nodes share is touched; does nothing without one.</summary>
    /// <exception cref="Hosting.StartupException">This node cannot be one of the cluster.</exception>
    public static async Task JoinClusterAsync(this WebApplication app)
    {
        if (app.Services.GetService<ClusterNode>() is not { } node)
            return;
        await node.JoinAsync(app.Lifetime.ApplicationStopping);
        var notices = app.Services.GetRequiredService<RedisNotices>();
        notices.Listen(NodeTopic, _ => node.ReadLivingAsync());
        await notices.StartAsync();
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
        app.Services.GetRequiredService<IClusterNotices>().Publish(NodeTopic, node.Id.ToString());
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
