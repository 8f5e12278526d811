using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Surety.Coap;
using Surety.Dtls;
using Surety.Server.Features.Connect;

namespace Surety.Server.Tests.Bootstrap;

/// <summary>Resources 3 to 5 of the security object that a bootstrap has written to a device.</summary>
internal sealed record GivenKey(byte[] Identity, byte[] Secret, byte[]? ServerKey)
{
    /// <summary>Has a device bootstrap.</summary>
    public static async Task<GivenKey> BootstrapAsync(TestServer server, string name, string account, CoapCode? finish = null)
    {
        await using var device = await BootstrapClient.ConnectAsync(server, new DtlsCertificate(BootstrapClient.Issue(server, name, account)));
        device.FinishAnswer = finish ?? CoapCode.Changed;
        await device.BootstrapAsync($"ep={name}&pct=110");
        var values = new Dictionary<string, byte[]>();
        var names = new List<string>();
        var written = "";
        foreach (var record in JsonNode.Parse(device.PayloadOf("PUT /0/1 110"))!.AsArray())
        {
            written = (string?)record!["bn"] ?? written;
            names.Add(written + (string?)record["n"]);
            if ((string?)record["vd"] is { } data)
                values[names[^1]] = Base64Url.DecodeFromChars(data);
        }

        // Certificate Usage is not for keys.
        Assert.DoesNotContain("/0/1/15", names);
        return new GivenKey(values["/0/1/3"], values["/0/1/5"], values.GetValueOrDefault("/0/1/4"));
    }

    /// <summary>Comes to the LwM2M server with it; in mode 1 the server has to have the key that the bootstrap has given.</summary>
    /// <param name="server">The server.</param>
    /// <param name="mode">The security mode.</param>
    public async Task<GivenKeyConnection> ConnectAsync(TestServer server, int mode)
    {
        var address = server.Service<DeviceEndpoints>().All.Single(endpoint => endpoint.Scheme == "coaps").LocalEndPoint;
        var client = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), new CoapRouter(), new CoapEndpointOptions { DeduplicationMemory = 64 * 1024 });
        try
        {
            if (mode == 0)
                return new(client, await client.ConnectAsync(address, new DtlsClientOptions { PreSharedKey = new(Identity, Secret) }, TestContext.Current.CancellationToken), null);
            var pair = ECDsa.Create();
            pair.ImportECPrivateKey(Secret, out _);
            Assert.Equal(Identity, pair.ExportSubjectPublicKeyInfo());
            var options = new TlsClientOptions
            {
                RawPublicKey = new TlsRawPublicKey(pair),
                ServerTrust = new CertificateTrust { FindRawPublicKey = key => key.Span.SequenceEqual(ServerKey) },
            };
            return new(client, await client.ConnectAsync(address, options, "localhost", TestContext.Current.CancellationToken), pair);
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }
}
