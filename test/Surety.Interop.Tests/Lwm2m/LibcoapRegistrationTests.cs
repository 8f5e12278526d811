using System.Globalization;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Interop.Tests.Lwm2m;

/// <summary>
/// libcoap's client as a device: registers, updates, sends, de-registers (LwM2M Core 6.2, 6.4.6; Transport 6.4.3, 6.4.5). Over TCP and TLS
/// coap-client 4.3.1 makes one request a connection, so that over TLS its certificate, and over TCP nothing, ties them together.
/// </summary>
public sealed class LibcoapRegistrationTests
{
    private const string Links = "</>;rt=\"oma.lwm2m\";ct=110,</1/0>,</3/0>,</3303/0>";
    private const string Values = """[{"bn":"/3303/0/","n":"5700","v":21.5},{"n":"5701","vs":"Cel"}]""";

    [Theory]
    [InlineData("coap-client-notls", Lwm2mInteropFixture.Udp)]
    [InlineData("coap-client-openssl", Lwm2mInteropFixture.Udp)]
    [InlineData("coap-client-openssl", Lwm2mInteropFixture.Tcp)]
    [InlineData("coap-client-openssl", Lwm2mInteropFixture.Tls)]
    [InlineData("coap-client-gnutls", Lwm2mInteropFixture.Tcp)]
    [InlineData("coap-client-gnutls", Lwm2mInteropFixture.Tls)]
    public async Task Register_update_and_deregister(string client, string scheme)
    {
        await using var fixture = new Lwm2mInteropFixture();
        string location = await fixture.RegisterAsync(scheme, "&lt=300&lwm2m=1.1&b=U&Q", Links);
        Registration registration = fixture.Registration;
        Assert.Equal("/rd/" + registration.Id, location);
        Assert.Equal((scheme, 300u, Lwm2mVersion.V11, BindingModes.Udp, true), (registration.Peer.Endpoint.Scheme, registration.Lifetime, registration.Version, registration.Bindings, registration.QueueMode));
        Assert.Equal(scheme == Lwm2mInteropFixture.Tls, registration.IsSecure);
        Assert.Equal(["/1", "/1/0", "/3", "/3/0", "/3303", "/3303/0"], registration.Links.Paths.ToArray().Select(path => path.ToString()));

        Assert.Contains("c:2.04", await fixture.RunAsync(client, scheme, location, ["-m", "post"]), StringComparison.Ordinal);
        Assert.Contains("c:2.04", await fixture.RunAsync(client, scheme, location + "?lt=600", ["-m", "post"]), StringComparison.Ordinal);
        Assert.Equal(600u, registration.Lifetime);
        Assert.Contains("c:2.04", await fixture.RunAsync(client, scheme, location, ["-m", "post", "-t", "40", "-e", "</1/0>,</3/0>,</3303/0>,</3303/1>"]), StringComparison.Ordinal);
        Assert.True(registration.Links.Contains(new Lwm2mPath(3303, 1)));

        Assert.Contains("c:2.02", await fixture.RunAsync(client, scheme, location, ["-m", "delete"]), StringComparison.Ordinal);
        Assert.Equal("removed device-1 Deregistered", fixture.Events.Lines[^1]);
        Assert.Contains("4.04", await fixture.RunAsync(client, scheme, location, ["-m", "post"]), StringComparison.Ordinal);
        Assert.Equal(0, fixture.Server.Registrations.Count);
    }

    [Theory]
    [InlineData(Lwm2mInteropFixture.Udp)]
    [InlineData(Lwm2mInteropFixture.Tcp)]
    [InlineData(Lwm2mInteropFixture.Tls)]
    public async Task Register_in_blocks(string scheme)
    {
        await using var fixture = new Lwm2mInteropFixture();
        string[] objects = [.. Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"/3303/{i}"))];
        string links = "</>;rt=\"oma.lwm2m\"," + string.Join(',', objects.Select(path => $"<{path}>"));
        await fixture.RegisterAsync(scheme, "&lwm2m=1.1", links, scheme == Lwm2mInteropFixture.Udp ? ["-b", "64"] : ["-b", "1024", "-X", "1152"]);
        Assert.Equal(["/3303", .. objects], fixture.Registration.Links.Paths.ToArray().Select(path => path.ToString()));
        Assert.Equal(86_400u, fixture.Registration.Lifetime);
    }

    [Theory]
    [InlineData(Lwm2mInteropFixture.Udp)]
    [InlineData(Lwm2mInteropFixture.Tcp)]
    [InlineData(Lwm2mInteropFixture.Tls)]
    public async Task Register_again_takes_the_place_of_the_first(string scheme)
    {
        await using var fixture = new Lwm2mInteropFixture();
        string first = await fixture.RegisterAsync(scheme, "&lwm2m=1.0", Links);
        string second = await fixture.RegisterAsync(scheme, "&lwm2m=1.0", Links);
        Assert.NotEqual(first, second);
        Assert.Equal(["registered device-1", "registered device-1 again"], fixture.Events.Lines);
        Assert.Contains("4.04", await fixture.RunAsync(scheme, first, "-m", "post"), StringComparison.Ordinal);
        Assert.Contains("c:2.04", await fixture.RunAsync(scheme, second, "-m", "post"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Lwm2mInteropFixture.Udp, "?ep=device-1&lwm2m=9.9", "4.12")]
    [InlineData(Lwm2mInteropFixture.Udp, "?ep=device-1&lwm2m=1.1&lt=soon", "4.00")]
    [InlineData(Lwm2mInteropFixture.Udp, "?lwm2m=1.1", "4.00")]
    [InlineData(Lwm2mInteropFixture.Tcp, "?ep=device-1&lwm2m=9.9", "4.12")]
    [InlineData(Lwm2mInteropFixture.Tls, "?ep=device-2&lwm2m=1.1", "4.00")] // the certificate says device-1
    public async Task A_registration_that_cannot_be_is_refused(string scheme, string query, string code)
    {
        await using var fixture = new Lwm2mInteropFixture();
        Assert.Contains(code, await fixture.RunAsync(scheme, "/rd" + query, "-m", "post", "-t", "40", "-e", Links), StringComparison.Ordinal);
        Assert.Equal(0, fixture.Server.Registrations.Count);
    }

    [Fact]
    public async Task Over_TLS_the_certificate_gives_the_name()
    {
        await using var fixture = new Lwm2mInteropFixture();
        await fixture.RunAsync(Lwm2mInteropFixture.Tls, "/rd?lwm2m=1.1", "-m", "post", "-t", "40", "-e", Links);
        Assert.Equal("device-1", fixture.Registration.Endpoint);
        // Nobody takes its place without security.
        Assert.Contains("4.03", await fixture.RunAsync(Lwm2mInteropFixture.Udp, "/rd?ep=device-1&lwm2m=1.1", "-m", "post", "-t", "40", "-e", Links), StringComparison.Ordinal);
        Assert.True(fixture.Registration.IsSecure);
    }

    // 1: the request is lost and repeated by the client.
    [Theory]
    [InlineData()]
    [InlineData("-l", "1")]
    public async Task Send_over_UDP(params string[] loss)
    {
        await using var fixture = new Lwm2mInteropFixture();
        string[] port = ["-p", ForeignProcess.FindFreePorts().ToString(CultureInfo.InvariantCulture)];
        await fixture.RegisterAsync(Lwm2mInteropFixture.Udp, "&lwm2m=1.1", Links, [.. port, .. loss]);
        string output = await fixture.RunAsync(Lwm2mInteropFixture.Udp, "/dp", ["-m", "post", "-t", "110", "-e", Values, .. port, .. loss]);
        Assert.Contains("c:2.04", output, StringComparison.Ordinal);
        Assert.Equal(["registered device-1", "sent device-1 /3303/0/5700=21.5 /3303/0/5701=Cel"], fixture.Events.Lines);
        // From elsewhere nobody knows whose values they are.
        Assert.Contains("4.04", await fixture.RunAsync(Lwm2mInteropFixture.Udp, "/dp", "-m", "post", "-t", "110", "-e", Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_over_TLS()
    {
        await using var fixture = new Lwm2mInteropFixture();
        await fixture.RegisterAsync(Lwm2mInteropFixture.Tls, "&lwm2m=1.1", Links);
        Assert.Contains("c:2.04", await fixture.RunAsync(Lwm2mInteropFixture.Tls, "/dp", "-m", "post", "-t", "110", "-e", Values), StringComparison.Ordinal);
        Assert.Equal("sent device-1 /3303/0/5700=21.5 /3303/0/5701=Cel", fixture.Events.Lines[^1]);
    }

    [Fact]
    public async Task Send_over_another_TCP_connection_without_identity_is_refused()
    {
        await using var fixture = new Lwm2mInteropFixture();
        await fixture.RegisterAsync(Lwm2mInteropFixture.Tcp, "&lwm2m=1.1", Links);
        Assert.Contains("4.04", await fixture.RunAsync(Lwm2mInteropFixture.Tcp, "/dp", "-m", "post", "-t", "110", "-e", Values), StringComparison.Ordinal);
        Assert.Equal(["registered device-1"], fixture.Events.Lines);
    }

    [Theory]
    [InlineData("50", Values, "4.15")]
    [InlineData("110", "[{", "4.00")]
    [InlineData("110", "[]", "4.00")]
    [InlineData("110", """[{"n":"/3304/0/5700","v":1}]""", "4.04")]
    public async Task Send_of_what_cannot_be_is_refused(string format, string payload, string code)
    {
        await using var fixture = new Lwm2mInteropFixture();
        string[] port = ["-p", ForeignProcess.FindFreePorts().ToString(CultureInfo.InvariantCulture)];
        await fixture.RegisterAsync(Lwm2mInteropFixture.Udp, "&lwm2m=1.1", Links, port);
        Assert.Contains(code, await fixture.RunAsync(Lwm2mInteropFixture.Udp, "/dp", ["-m", "post", "-t", format, "-e", payload, .. port]), StringComparison.Ordinal);
        Assert.Equal(["registered device-1"], fixture.Events.Lines);
    }

    [Fact]
    public async Task Update_and_deregister_survive_loss()
    {
        await using var fixture = new Lwm2mInteropFixture();
        string[] arguments = ["-l", "1", "-p", ForeignProcess.FindFreePorts().ToString(CultureInfo.InvariantCulture)];
        string location = await fixture.RegisterAsync(Lwm2mInteropFixture.Udp, "&lwm2m=1.1", Links, [.. arguments, "-b", "16"]);
        Assert.Contains("c:2.04", await fixture.RunAsync(Lwm2mInteropFixture.Udp, location + "?lt=77", ["-m", "post", .. arguments]), StringComparison.Ordinal);
        Assert.Equal(77u, fixture.Registration.Lifetime);
        Assert.Contains("c:2.02", await fixture.RunAsync(Lwm2mInteropFixture.Udp, location, ["-m", "delete", .. arguments]), StringComparison.Ordinal);
        Assert.Equal(["registered device-1", "updated device-1 Lifetime", "removed device-1 Deregistered"], fixture.Events.Lines);
    }
}
