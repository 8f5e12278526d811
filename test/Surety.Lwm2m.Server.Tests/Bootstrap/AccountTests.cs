namespace Surety.Lwm2m.Server.Tests.Bootstrap;

/// <summary>What is written for an account, by the definitions of the objects (OMA's registry: 0, 1, 2, 21).</summary>
public sealed class AccountTests
{
    private static readonly byte[] Key = [1, 2, 3];

    [Fact]
    public void Pelions_client_with_EST_gets_the_bytes_that_were_recorded_with_it()
    {
        // From the recording of mbed-cloud-client 4.13.2, but for the length of URI and certificate: instance 0, URI, not a bootstrap server, mode 4,
        // the server's authority, short server id; neither 3 nor 5.
        var account = new SecurityAccount("coaps://lwm2m.example.com:5684", SecurityMode.CertificateWithEst) { ShortServerId = 1, ServerPublicKey = Key };
        Assert.Equal(
            ["/0/0/0=coaps://lwm2m.example.com:5684", "/0/0/1=0", "/0/0/2=4", "/0/0/4=010203", "/0/0/10=1"],
            account.ToEntries(0, Lwm2mVersion.V10).Select(Text));
    }

    [Fact]
    public void LwM2M_1_0_has_the_mandatory_keys_empty_and_later_versions_leave_them_out()
    {
        var account = new SecurityAccount("coap://lwm2m.example.com", SecurityMode.NoSec) { ShortServerId = 1, MatchingType = MatchingType.Sha256 };
        Assert.Equal("/0/2/0 /0/2/1 /0/2/2 /0/2/3 /0/2/4 /0/2/5 /0/2/10", Paths(account.ToEntries(2, Lwm2mVersion.V10)));
        Assert.Equal("/0/2/0 /0/2/1 /0/2/2 /0/2/10 /0/2/13", Paths(account.ToEntries(2, Lwm2mVersion.V11)));
    }

    [Fact]
    public void Resources_of_later_versions_are_written_to_those_who_know_them()
    {
        var account = new SecurityAccount("coaps://192.0.2.1", SecurityMode.Certificate)
        {
            ShortServerId = 5, PublicKeyOrIdentity = Key, ServerPublicKey = Key, SecretKey = Key, ServerNameIndication = "lwm2m.example.com",
            Usage = CertificateUsage.TrustAnchorAssertion, CipherSuites = [0xC0AE, 0xC02B], OscoreInstance = 3, SecondaryServerUris = ["coaps+tcp://192.0.2.1"],
        };
        account.Validate();
        Assert.Equal(
            ["/0/0/14=lwm2m.example.com", "/0/0/15=2", "/0/0/16/0=49326", "/0/0/16/1=49195", "/0/0/17=21:3", "/0/0/25/0=coaps+tcp://192.0.2.1"],
            account.ToEntries(0, Lwm2mVersion.V12).Skip(7).Select(Text));
        Assert.DoesNotContain(account.ToEntries(0, Lwm2mVersion.V11), entry => entry.Path.ResourceId == 25);
    }

    [Fact]
    public void Every_value_has_the_type_of_its_definition()
    {
        ResourceEntry[] entries =
        [
            .. new SecurityAccount("coaps://192.0.2.1", SecurityMode.Certificate)
            {
                ShortServerId = 5, PublicKeyOrIdentity = Key, ServerPublicKey = Key, SecretKey = Key, ServerNameIndication = "a", ClientHoldOffTime = 1,
                BootstrapServerAccountTimeout = 0, MatchingType = MatchingType.Exact, Usage = CertificateUsage.CaConstraint, CipherSuites = [1], OscoreInstance = 3,
                SecondaryServerUris = ["b"],
            }.ToEntries(0, Lwm2mVersion.V12),
            .. new ServerAccountSettings(1, 2)
            {
                DefaultMinimumPeriod = 1, DefaultMaximumPeriod = 2, DisableTimeout = 3, RegistrationPriorityOrder = 1, InitialRegistrationDelay = 1,
                RegistrationFailureBlock = true, BootstrapOnRegistrationFailure = true, CommunicationRetryCount = 1, CommunicationRetryTimer = 1,
                CommunicationSequenceDelay = 1, CommunicationSequenceRetryCount = 1, PreferredTransport = "U", MuteSend = false, ConfirmsNotifications = true,
            }.ToEntries(0, Lwm2mVersion.V12),
            .. new AccessControlSettings(3, 0) { Rights = new Dictionary<ushort, AccessRights> { [0] = AccessRights.Read } }.ToEntries(0),
            .. new OscoreSettings(Key, Key, Key) { AeadAlgorithm = 10, HmacAlgorithm = -10, MasterSalt = Key, IdContext = Key }.ToEntries(0),
        ];
        Assert.All(entries, entry =>
        {
            ResourceModel? model = ObjectModelRegistry.Default.Find(entry.Path.ObjectId)?.Find(entry.Path.ResourceId);
            Assert.NotNull(model);
            Assert.Equal(model.Type, entry.Value.Type);
            Assert.Equal(model.IsMultiple, entry.Path.Level == 4);
        });
    }

    [Fact]
    public void The_server_account_says_how_often_the_device_registers_and_reports()
    {
        var settings = new ServerAccountSettings(7, 3600) { DefaultMinimumPeriod = 10, DefaultMaximumPeriod = 60, Binding = "UQ" };
        Assert.Equal(
            ["/1/0/0=7", "/1/0/1=3600", "/1/0/2=10", "/1/0/3=60", "/1/0/6=1", "/1/0/7=UQ"],
            settings.ToEntries(0, Lwm2mVersion.V10).Select(Text));
    }

    [Fact]
    public void Access_control_is_the_example_of_ETS_int_8()
    {
        var control = new AccessControlSettings(3, 0) { Rights = new Dictionary<ushort, AccessRights> { [0] = (AccessRights)31 } };
        Assert.Equal(["/2/0/0=3", "/2/0/1=0", "/2/0/2/0=31", "/2/0/3=65535"], control.ToEntries(0).Select(Text));
    }

    [Theory]
    [InlineData("http://lwm2m.example.com", SecurityMode.NoSec, 1, false, "no CoAP URI")]
    [InlineData("coap://lwm2m.example.com", SecurityMode.PreSharedKey, 1, true, "does not go with coap")]
    [InlineData("coaps://lwm2m.example.com", SecurityMode.NoSec, 1, false, "does not go with coaps")]
    [InlineData("coaps://lwm2m.example.com", SecurityMode.PreSharedKey, 1, false, "has an identity (3) and a key (5)")]
    [InlineData("coaps://lwm2m.example.com", SecurityMode.RawPublicKey, 1, false, "private key (5)")]
    [InlineData("coaps://lwm2m.example.com", SecurityMode.CertificateWithEst, 1, true, "makes its own key")]
    [InlineData("coap://lwm2m.example.com", SecurityMode.NoSec, 0, false, "1 to 65534")]
    [InlineData("coap://lwm2m.example.com", SecurityMode.NoSec, 65535, false, "1 to 65534")]
    [InlineData("coap://lwm2m.example.com", SecurityMode.NoSec, -1, false, "has a short server id")]
    public void An_account_that_no_device_could_use_is_refused_with_the_reason(string uri, SecurityMode mode, int id, bool withKeys, string reason)
    {
        ReadOnlyMemory<byte>? key = withKeys ? Key : null;
        var account = new SecurityAccount(uri, mode) { ShortServerId = id < 0 ? null : (ushort)id, PublicKeyOrIdentity = key, ServerPublicKey = key, SecretKey = key };
        Assert.Contains(reason, Assert.Throws<ArgumentException>(account.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_maximum_period_below_the_minimum_is_refused() =>
        Assert.Throws<ArgumentException>(new ServerAccountSettings(1, 60) { DefaultMinimumPeriod = 10, DefaultMaximumPeriod = 5 }.Validate);

    private static string Text(ResourceEntry entry) =>
        entry.Value.Type == ResourceType.Opaque ? $"{entry.Path}={Convert.ToHexString(entry.Value.AsOpaque().Span)}" : entry.ToString();

    private static string Paths(IEnumerable<ResourceEntry> entries) => string.Join(' ', entries.Select(entry => entry.Path));
}
