using System.Net;

namespace Surety.Server.Hosting.Settings;

/// <summary>Finds two endpoints that are told to listen on the same address and port.</summary>
internal static class ListenConflicts
{
    public static void Check(SuretySettings settings, SettingsReader reader)
    {
        Check(
            reader,
            ("Lwm2m:Coaps", settings.Lwm2m.Coaps),
            ("Lwm2m:Coap", settings.Lwm2m.Coap),
            ("Bootstrap:Coaps", settings.Bootstrap.Coaps));
        Check(
            reader,
            ("Lwm2m:CoapsTcp", settings.Lwm2m.CoapsTcp),
            ("Lwm2m:CoapTcp", settings.Lwm2m.CoapTcp),
            ("Bootstrap:CoapsTcp", settings.Bootstrap.CoapsTcp),
            ("Est:Https", settings.Est.Https));
    }

    private static void Check(SettingsReader reader, params ReadOnlySpan<(string Key, IPEndPoint? Address)> endpoints)
    {
        for (var i = 0; i < endpoints.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                // Port 0 takes a free port, so it meets nobody.
                if (endpoints[i].Address is { Port: not 0 } address && address.Equals(endpoints[j].Address))
                    reader.Mistake(endpoints[i].Key, $"{address} is also the address of {SettingsReader.Root}:{endpoints[j].Key}");
            }
        }
    }
}
