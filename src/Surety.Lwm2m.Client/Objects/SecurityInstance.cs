namespace Surety.Lwm2m.Client;

/// <summary>An instance of the Security Object: where a server is. No server ever reads it (LwM2M Core 6.3); keys and certificates are elsewhere.</summary>
public sealed class SecurityInstance : ObjectInstance
{
    private const ushort ServerUri = 0;
    private const ushort BootstrapServer = 1;
    private const ushort SecurityMode = 2;
    private const ushort PublicKeyOrIdentity = 3;
    private const ushort ServerPublicKey = 4;
    private const ushort SecretKey = 5;
    private const ushort ShortServerId = 10;

    // E.1, resource 2.
    private const long Certificate = 2;
    private const long NoSecurity = 3;

    internal SecurityInstance(ObjectModel model, ushort id, ServerAccount account)
        : base(model, id)
    {
        ResourceValue nothing = ResourceValue.FromOpaque(ReadOnlyMemory<byte>.Empty);
        this[ServerUri] = account.Uri.ToString();
        this[BootstrapServer] = false;
        this[SecurityMode] = account.Uri.IsSecure ? Certificate : NoSecurity;
        this[PublicKeyOrIdentity] = nothing;
        this[ServerPublicKey] = nothing;
        this[SecretKey] = nothing;
        this[ShortServerId] = account.ShortServerId;
    }
}
