using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Applications;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Branding;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Connect;
using Surety.Server.Features.Console;
using Surety.Server.Features.Demo;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Features.Directory;
using Surety.Server.Features.Echo;
using Surety.Server.Features.Enrollment;
using Surety.Server.Features.Factory;
using Surety.Server.Features.Idempotency;
using Surety.Server.Features.IdentityProviders;
using Surety.Server.Features.Mail;
using Surety.Server.Features.Notifications;
using Surety.Server.Features.PolicyGroups;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Features.PreSharedKeys;
using Surety.Server.Features.RateLimiting;
using Surety.Server.Features.SimulatedDevices;
using Surety.Server.Features.Users;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

namespace Surety.Server.Hosting;

/// <summary>Puts the platform together: every feature appears here once with its services and once with its endpoints.</summary>
internal static class Platform
{
    /// <summary>Longest request line: a filter with a list of 1000 ids has 33 KB.</summary>
    private const int MaxRequestLineSize = 65_536;

    public static void AddPlatform(this WebApplicationBuilder builder, SuretySettings settings, DemoOptions demo)
    {
        var services = builder.Services;
        builder.Logging.AddConsoleFormatter<ConsoleLine, ConsoleFormatterOptions>();
        builder.WebHost.ConfigureKestrel(kestrel => Bound(kestrel, settings.Rest));

        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<EntityIdGenerator>();
        services.AddSingleton<DataDirectory>();
        services.AddSingleton<SecretProtector>();
        services.AddSingleton<SuretyDbFactory>();
        services.AddSingleton<DatabaseUpgrade>();
        services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        services.AddHealth();
        services.AddApiDescription();
        services.AddTelemetry(settings.Telemetry, builder.Configuration);

        services.AddAudit(settings.Audit);
        services.AddIdempotency();
        services.AddSingleton<RateLimits>();
        services.AddCluster(settings.Cluster);
        services.AddAccounts();
        services.AddPolicyGroups();
        services.AddApiKeys();
        services.AddApplications();
        services.AddUsers();
        services.AddBranding();
        services.AddMail();
        services.AddInvitations();
        services.AddIdentityProviders();
        services.AddDirectory();
        services.AddDeviceEvents();
        services.AddNotifications();
        services.AddCertificates();
        services.AddEnrollment(settings.Enrollment);
        services.AddFactory();
        services.AddPreSharedKeys();
        services.AddEcho();
        services.AddConnect();
        services.AddDeviceTraces();
        services.AddClusterWork(settings.Cluster);
        services.AddBootstrap();
        services.AddEst();
        services.AddDemo(demo);
        services.AddSimulatedDevices(settings.SimulatedDevices);
        services.AddConsole();
    }

    public static void UsePlatform(this WebApplication app)
    {
        app.UseMiddleware<ErrorHandling>();
        app.UseConsole();
        app.UseApiPage();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<FeatureGuard>();
        app.UseMiddleware<TenantScope>();
        // What another node answers is recorded there, and once.
        app.UseCluster();
        app.UseMiddleware<AuditMiddleware>();
        app.UseMiddleware<IdempotencyMiddleware>();

        app.MapLandingPage();
        app.MapHealth();
        app.MapApiDescription();

        app.MapAuditApi();
        app.MapAccountsApi();
        app.MapPolicyGroupsApi();
        app.MapApiKeysApi();
        app.MapApplicationsApi();
        app.MapUsersApi();
        app.MapBrandingApi();
        app.MapMailApi();
        app.MapInvitationsApi();
        app.MapIdentityProvidersApi();
        app.MapDirectoryApi();
        app.MapEnrollmentApi();
        app.MapFactoryApi();
        app.MapDeviceEventsApi();
        app.MapNotificationsApi();
        app.MapCertificatesApi();
        app.MapPreSharedKeysApi();
        app.MapConnectApi();
        app.MapTraceApi();
        app.MapEchoApi();
        app.MapBootstrapApi();
        app.MapSimulatedDevicesApi();
    }

    private static void Bound(KestrelServerOptions kestrel, RestSettings rest)
    {
        kestrel.AddServerHeader = false;
        // RFC 9110, 5.5: bytes above 127 are opaque. As UTF-8 Kestrel refuses those that are none, with an empty 400.
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.Limits.MaxRequestBodySize = rest.MaxRequestBodySize;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineSize;
    }
}
