using System.Buffers.Binary;
using System.Text;
using Surety.Coap;
using Surety.Testing.Coap;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>
/// mbed-cloud-client 4.13.2 by a script: what it sends, in its order, as it was recorded from the genuine program. It keeps what the client keeps
/// over a restart: the device id, and what it got for the LwM2M server once that was complete.
/// </summary>
internal sealed class PelionDevice(PelionCredentials credentials, bool isReliable)
{
    /// <summary>As recorded; the values and their tokens are those of that run.</summary>
    public const string Links =
        """</3/0/13>;obs,</3/0/21>;obs,</3/0/18>;obs,</3/0/17>;obs,</3/0/2>;v="0";aobs="563",</3/0/1>;v="dev_model_num";aobs="562",</3/0/0>;v="dev_manufacturer";aobs="561",</3/0/5>,"""
        + """</3/0/16>;obs,</3/0/11>;obs,</3/0/11/0>;obs,</3/0/4>,</35011>,</35011/0>,</35011/0/27002>;rt="Enroll",</14>,</14/1>,</14/1/2>;rt="Component Version";v="0.0.0","""
        + """</14/1/0>;rt="Component Identity";v="METER",</14/0>,</14/0/2>;rt="Component Version";v="0.0.0",</14/0/0>;rt="Component Identity";v="MAIN",</10255>,</10255/0>,"""
        + """</10255/0/4>;rt="Class";v="AAAAAAAAAAAAAAAAAAAAAA==";aobs="560",</10255/0/3>;rt="Vendor";v="AAAAAAAAAAAAAAAAAAAAAA==";aobs="559","""
        + """</10255/0/0>;rt="ProtocolSupported";v="4";aobs="558",</10252>,</10252/0>,</10252/0/6>;rt="PkgVersion";aobs="557",</10252/0/5>;rt="PkgName";aobs="556","""
        + """</10252/0/4>;rt="CustomerUpdateResult";aobs="555",</10252/0/3>;rt="UpdateResult";v="-1";aobs="554",</10252/0/2>;rt="State";v="1";aobs="553","""
        + """</10252/0/1>;rt="Package",</5000>,</5000/0>,</5000/0/2>;obs,</3201>,</3201/0>,</3201/0/5850>;obs,</3201/0/5853>;obs,</3200>,</3200/0>,</3200/0/5501>;obs,</1>,"""
        + """</1/0>,</1/0/8>,</1/0/7>;obs,</1/0/6>;obs,</1/0/1>;obs,</1/0/0>;obs""";

    private readonly Queue<string> _steps = [];
    private PelionAccount? _account;

    /// <summary>Its device id, from the first complete bootstrap on.</summary>
    public string? Id { get; private set; }

    /// <summary>What it shows to the LwM2M server.</summary>
    public PelionIdentity? Identity { get; set; }

    /// <summary>Called before each step, with its name.</summary>
    public Func<string, Task> BeforeStep { get; set; } = static _ => Task.CompletedTask;

    /// <summary>What happens when EST was asked for a certificate; the answer is not waited for.</summary>
    public Func<Task>? InsteadOfCertificate { get; set; }

    /// <summary>The steps that were begun.</summary>
    public IReadOnlyCollection<string> Steps => _steps;

    /// <summary>Bootstrap and EST, and the connection to the LwM2M server, registered.</summary>
    public async Task<PelionConversation> StartAsync()
    {
        await BootstrapAsync();
        await StepAsync("connect");
        PelionConversation server = await ConnectAsync();
        await RegisterAsync(server);
        return server;
    }

    /// <summary>Connects, asks for bootstrap, takes what is written, and has its certificate made over the same connection.</summary>
    public async Task BootstrapAsync()
    {
        await StepAsync("connect to bootstrap");
        await using var bootstrap = new PelionConversation(await OpenAsync(credentials.Port, credentials.Identity));
        await StepAsync("bootstrap request");
        WireMessage answer = await bootstrap.CallAsync(
            CoapCode.Post, $"/bs?ep={credentials.EndpointName}&aid={credentials.AccountId}&mccv=4.13.2{(Id is null ? "" : $"&iep={Id}")}");
        Assert.Equal(CoapCode.Changed, answer.Code);
        Assert.Empty(answer.Payload);
        foreach (string path in new[] { "/0", "/1" })
        {
            WireMessage delete = await bootstrap.TakeAsync(CoapCode.Delete, path);
            await StepAsync("delete " + path);
            await bootstrap.AnswerAsync(delete, CoapCode.Deleted);
        }

        WireMessage security = await bootstrap.TakeAsync(CoapCode.Put, "/0");
        Assert.Equal(11542u, security.Options.GetUInt(CoapOptionNumber.ContentFormat));
        await StepAsync("write /0");
        _account = PelionAccount.Parse(security.Payload, credentials.AccountId);
        await bootstrap.AnswerAsync(security, CoapCode.Changed);

        WireMessage time = await bootstrap.TakeAsync(CoapCode.Put, "/3");
        // 0/13 in an object instance (LwM2M 1.0.2, 6.4.3), Unix time in four bytes.
        Assert.Equal("0600c40d", Convert.ToHexStringLower(time.Payload.AsSpan(0, 4)));
        Assert.InRange(BinaryPrimitives.ReadUInt32BigEndian(time.Payload.AsSpan(4)), 1_700_000_000u, uint.MaxValue);
        await StepAsync("write /3");
        await bootstrap.AnswerAsync(time, CoapCode.Changed);

        WireMessage finish = await bootstrap.TakeAsync(CoapCode.Post, "/bs");
        string iep = Assert.Single(finish.Options.GetStrings(CoapOptionNumber.UriQuery));
        Assert.Matches("^iep=[0-9a-f]{32}$", iep);
        await StepAsync("finish");
        Id = iep[4..];
        Assert.Contains(Id, _account.Server.Query, StringComparison.Ordinal);
        await bootstrap.PostponeAsync(finish);
        await bootstrap.RespondAsync(finish);
        await StepAsync("EST");
        Identity = await EnrollAsync(bootstrap, "/est/sen");
    }

    public async Task<PelionConversation> ConnectAsync() => new(await OpenAsync(_account!.Server.Port, Identity!));

    /// <summary>Registers, in three blocks.</summary>
    public async Task RegisterAsync(PelionConversation server)
    {
        await StepAsync("register");
        WireMessage answer = await server.CallAsync(
            CoapCode.Post,
            $"/rd?ep={credentials.EndpointName}&et=default&lt=7200&lwm2m=1.0&d={credentials.AccountId}&b=U&aid={credentials.AccountId}&iep={Id}&mccv=4.13.2",
            Encoding.ASCII.GetBytes(Links), 40);
        Assert.Equal(CoapCode.Created, answer.Code);
        Assert.Equal(["rd", credentials.AccountId, Id], answer.Options.GetStrings(CoapOptionNumber.LocationPath));
        // Of the lifetime that it asked for it is not told another.
        Assert.Null(answer.Options.GetUInt(CoapOptionNumber.MaxAge));
    }

    /// <summary>Says that it is alive, and changes the lifetime.</summary>
    public async Task UpdateAsync(PelionConversation server, string query = "")
    {
        WireMessage answer = await server.CallAsync(CoapCode.Post, $"/rd/{credentials.AccountId}/{Id}{query}", format: 40);
        Assert.Equal(CoapCode.Changed, answer.Code);
    }

    public async Task DeregisterAsync(PelionConversation server) =>
        Assert.Equal(CoapCode.Deleted, (await server.CallAsync(CoapCode.Delete, $"/rd/{credentials.AccountId}/{Id}")).Code);

    /// <summary>Renews over the LwM2M server's connection when it is told to: the answer comes when it has its certificate.</summary>
    public async Task RenewAsync(PelionConversation server)
    {
        await StepAsync("order");
        WireMessage order = await server.TakeAsync(CoapCode.Post, "/35011/0/27002");
        await StepAsync("acknowledge the order");
        Assert.Equal(0u, order.Options.GetUInt(CoapOptionNumber.ContentFormat) ?? 0u);
        Assert.Equal("000100064c574d324d00", Convert.ToHexStringLower(order.Payload));
        await server.PostponeAsync(order);
        await StepAsync("renew");
        PelionIdentity renewed = await EnrollAsync(server, "/est/LWM2M/sen");
        Assert.NotEqual(Identity!.Certificate.SerialNumber, renewed.Certificate.SerialNumber);
        Identity = renewed;
        await StepAsync("report");
        await server.RespondAsync(order, "0");
        await StepAsync("connect with the new certificate");
    }

    /// <summary>It was reset: what it got is gone, what its maker gave it is not.</summary>
    public void Reset()
    {
        Id = null;
        Identity = null;
        _account = null;
    }

    private async Task StepAsync(string name)
    {
        _steps.Enqueue(name);
        await BeforeStep(name);
    }

    private async Task<IPelionConnection> OpenAsync(int port, PelionIdentity identity) =>
        isReliable ? await TlsRecords.ConnectAsync(port, identity) : await MbedTlsDatagrams.ConnectAsync(port, identity);

    private async Task<PelionIdentity> EnrollAsync(PelionConversation connection, string path)
    {
        using var enrollment = new PelionEnrollment(credentials.EndpointName, credentials.AccountId, Id!);
        if (InsteadOfCertificate is { } happens)
        {
            await connection.BeginAsync(CoapCode.Post, path, enrollment.CreateRequest());
            await happens();
            throw new IOException("The certificate did not come.");
        }

        WireMessage answer = await connection.CallAsync(CoapCode.Post, path, enrollment.CreateRequest(), 0, wantsBlocks: true);
        return enrollment.Accept(answer, _account!.Authority);
    }
}
