using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>An instance of the Security Object: where a server is, and how the way to it is secured. No server but the bootstrap server deals with it (LwM2M Core 6.3).</summary>
public sealed class SecurityInstance : ObjectInstance
{
    internal const ushort ServerUriResource = 0;
    internal const ushort BootstrapServerResource = 1;
    internal const ushort SecurityModeResource = 2;
    internal const ushort PublicKeyOrIdentityResource = 3;
    internal const ushort ServerPublicKeyResource = 4;
    internal const ushort SecretKeyResource = 5;
    internal const ushort ShortServerIdResource = 10;
    internal const ushort HoldOffResource = 11;
    internal const ushort AccountTimeoutResource = 12;
    internal const ushort MatchingTypeResource = 13;
    internal const ushort SniResource = 14;
    internal const ushort CertificateUsageResource = 15;
    internal const ushort OscoreResource = 17;

    private static readonly ResourceValue Nothing = ResourceValue.FromOpaque(ReadOnlyMemory<byte>.Empty);

    internal SecurityInstance(ObjectModel model, ushort id, ServerAccount account)
        : this(model, id, account.Uri, account.Security)
    {
        this[BootstrapServerResource] = false;
        this[ShortServerIdResource] = account.ShortServerId;
    }

    internal SecurityInstance(ObjectModel model, ushort id, BootstrapAccount account)
        : this(model, id, account.Uri, account.Security)
    {
        this[BootstrapServerResource] = true;
        this[HoldOffResource] = account.HoldOff;
        if (account.AccountTimeout > 0)
            this[AccountTimeoutResource] = account.AccountTimeout;
    }

    /// <summary>An instance with the values of a bootstrap, all of them checked.</summary>
    internal SecurityInstance(ObjectModel model, ushort id, List<ResourceEntry> values)
        : base(model, id)
    {
        Write(values, WriteKind.Update);
        Security = new AccountSecurity
        {
            Mode = Mode,
            PublicKeyOrIdentity = Octets(PublicKeyOrIdentityResource),
            ServerPublicKey = Octets(ServerPublicKeyResource),
            SecretKey = Octets(SecretKeyResource),
            MatchingType = Unsigned(MatchingTypeResource),
            CertificateUsage = Unsigned(CertificateUsageResource),
            Sni = this[SniResource] is { IsNone: false } sni ? sni.AsString() : null,
        };
    }

    private SecurityInstance(ObjectModel model, ushort id, CoapUri uri, AccountSecurity? security)
        : base(model, id)
    {
        Security = security;
        this[ServerUriResource] = uri.ToString();
        this[SecurityModeResource] = (long)(security?.Mode ?? (uri.IsSecure ? SecurityMode.Certificate : SecurityMode.NoSec));
        this[PublicKeyOrIdentityResource] = security is null ? Nothing : ResourceValue.FromOpaque(security.PublicKeyOrIdentity);
        this[ServerPublicKeyResource] = security is null ? Nothing : ResourceValue.FromOpaque(security.ServerPublicKey);
        this[SecretKeyResource] = security is null ? Nothing : ResourceValue.FromOpaque(security.SecretKey);
    }

    /// <summary>Where the server is; null when the text is no URI.</summary>
    public CoapUri? Uri => this[ServerUriResource] is { Type: ResourceType.String } text && CoapUri.TryParse(text.AsString(), out CoapUri? uri, out _) ? uri : null;

    /// <summary>It is the bootstrap server's account.</summary>
    public bool IsBootstrapServer => this[BootstrapServerResource] is { Type: ResourceType.Boolean } value && value.AsBoolean();

    /// <summary>How the way is secured.</summary>
    public SecurityMode Mode => (SecurityMode)(this[SecurityModeResource].TryGetNumber(out double mode) ? (int)mode : (int)SecurityMode.NoSec);

    /// <summary>The server's Short Server ID; null for the bootstrap server.</summary>
    public ushort? ShortServerId => !IsBootstrapServer && this[ShortServerIdResource].TryGetNumber(out double id) && id is >= 1 and < ushort.MaxValue ? (ushort)id : null;

    /// <summary>The credentials; null when the connector has them.</summary>
    public AccountSecurity? Security { get; }

    /// <summary>Seconds to wait for a bootstrap that the server begins, before the client does (resource 11).</summary>
    internal uint HoldOff => this[HoldOffResource].TryGetNumber(out double seconds) ? (uint)Math.Clamp(seconds, 0, uint.MaxValue) : 0;

    /// <summary>Seconds after a bootstrap until the account is purged; 0: never (resource 12).</summary>
    internal uint AccountTimeout => this[AccountTimeoutResource].TryGetNumber(out double seconds) ? (uint)Math.Clamp(seconds, 0, uint.MaxValue) : 0;

    private ReadOnlyMemory<byte> Octets(ushort resourceId) => this[resourceId] is { Type: ResourceType.Opaque } value ? value.AsOpaque() : default;

    private ulong? Unsigned(ushort resourceId) => Model.Find(resourceId) is not null && this[resourceId].TryGetNumber(out double number) ? (ulong)number : null;
}
