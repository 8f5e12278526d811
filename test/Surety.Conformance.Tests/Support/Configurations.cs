using Surety.Lwm2m.Client;

namespace Surety.Conformance.Tests;

/// <summary>
/// What a client is loaded with before a case (ETS 1.2, appendix C), but for the security of its server's account. Where the ETS leaves values
/// open they are those of the specification's own examples (LwM2M Core 1.0.2, 6.4.3).
/// </summary>
internal static class Configurations
{
    /// <summary>SRV-MIN: Short Server ID 1, lifetime a day, no storing, binding U.</summary>
    public static ServerAccount C1(string uri) => new(uri) { Lifetime = 86_400, StoresNotifications = false };

    /// <summary>SRV-EXT: besides, Default Minimum and Maximum Period and Disable Timeout.</summary>
    public static ServerAccount C3(string uri) => C1(uri) with { DefaultMinimumPeriod = 1, DefaultMaximumPeriod = 10, DisableTimeout = 86_400 };

    /// <summary>DEV-MIN, and the executable Reboot.</summary>
    public static ObjectInstance DeviceC1(Lwm2mVersion version, Action? reboot = null)
    {
        ObjectModel model = ObjectModelRegistry.Default.Find(CoreObjects.Device, CoreObjects.ImpliedVersion(version, CoreObjects.Device))!;
        var device = new ObjectInstance(model)
        {
            [0] = "Open Mobile Alliance", [1] = "Lightweight M2M Client", [2] = "345000123", [3] = "1.0", [11, 0] = 0, [16] = "U",
        };
        return device.OnExecute(4, reboot ?? (static () => { }));
    }

    /// <summary>C.3's device with power sources, their voltages and currents, and the battery level.</summary>
    public static ObjectInstance DeviceC4(Lwm2mVersion version)
    {
        ObjectInstance device = DeviceC1(version);
        device[6, 0] = 1;
        device[6, 1] = 2;
        device[7, 0] = 3800;
        device[7, 1] = 5000;
        device[8, 0] = 125;
        device[8, 1] = 900;
        device[9] = 100;
        return device;
    }

    /// <summary>C.4's device with everything else that the Device Object has.</summary>
    public static ObjectInstance DeviceC6(Lwm2mVersion version)
    {
        ObjectInstance device = DeviceC4(version);
        device[10] = 15;
        device[13] = ResourceValue.FromTime(1_367_491_215);
        device[14] = "+02:00";
        device[15] = "Europe/Paris";
        device[17] = "demo";
        device[18] = "1.0";
        device[19] = "1.0";
        device[20] = 0;
        device[21] = 64;
        device[22, 0] = ResourceValue.FromObjectLink(ObjectLink.Null);
        return device.OnExecute(5, static () => { }).OnExecute(12, static () => { });
    }

    /// <summary>The Portfolio Object (16); without instances, which servers may create and delete.</summary>
    public static Lwm2mObject Portfolio() => new(16) { AllowsCreate = true, AllowsDelete = true };

    /// <summary>The Portfolio Object with one instance, whose Identity has four values.</summary>
    public static Lwm2mObject PortfolioWithIdentity()
    {
        Lwm2mObject portfolio = Portfolio();
        portfolio.Add(new ObjectInstance(portfolio.Model) { [0, 0] = "Host Device ID #1", [0, 1] = "Host Device Model #1", [0, 2] = "", [0, 3] = "" });
        return portfolio;
    }

    /// <summary>C.5: Connectivity Monitoring.</summary>
    public static ObjectInstance ConnectivityMonitoring(Lwm2mVersion version)
    {
        ObjectModel model = ObjectModelRegistry.Default.Find(
            CoreObjects.ConnectivityMonitoring, CoreObjects.ImpliedVersion(version, CoreObjects.ConnectivityMonitoring))!;
        return new ObjectInstance(model)
        {
            [0] = 0, [1, 0] = 0, [1, 1] = 1, [2] = 92, [3] = 2, [4, 0] = "192.168.0.100", [4, 1] = "2001:db8::100", [5, 0] = "192.168.1.1", [5, 1] = "2001:db8::1",
            [6] = 5, [7, 0] = "internet", [8] = 1, [9] = 20, [10] = 0,
        };
    }
}
