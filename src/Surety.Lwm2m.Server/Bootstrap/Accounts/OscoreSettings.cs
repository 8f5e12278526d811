namespace Surety.Lwm2m.Server;

/// <summary>What an instance of the OSCORE object (21) says; a <see cref="SecurityAccount"/> links to it (Core TS 1.2.2, E.9). Null: not written.</summary>
/// <param name="MasterSecret">0: OSCORE Master Secret.</param>
/// <param name="SenderId">1: OSCORE Sender ID, the device's.</param>
/// <param name="RecipientId">2: OSCORE Recipient ID, the server's.</param>
public sealed record OscoreSettings(ReadOnlyMemory<byte> MasterSecret, ReadOnlyMemory<byte> SenderId, ReadOnlyMemory<byte> RecipientId)
{
    /// <summary>3: OSCORE AEAD Algorithm, a number of COSE; null: AES-CCM-16-64-128.</summary>
    public int? AeadAlgorithm { get; init; }

    /// <summary>4: OSCORE HMAC Algorithm, a number of COSE; null: HMAC 256/256.</summary>
    public int? HmacAlgorithm { get; init; }

    /// <summary>5: OSCORE Master Salt.</summary>
    public ReadOnlyMemory<byte>? MasterSalt { get; init; }

    /// <summary>6: OSCORE ID Context.</summary>
    public ReadOnlyMemory<byte>? IdContext { get; init; }

    /// <summary>The instance as values.</summary>
    /// <param name="instance">Its id.</param>
    public IReadOnlyList<ResourceEntry> ToEntries(ushort instance)
    {
        var entries = new EntryList(CoreObjects.Oscore, instance);
        entries.AddValue(0, ResourceValue.FromOpaque(MasterSecret));
        entries.AddValue(1, ResourceValue.FromOpaque(SenderId));
        entries.AddValue(2, ResourceValue.FromOpaque(RecipientId));
        entries.Add(3, AeadAlgorithm);
        entries.Add(4, HmacAlgorithm);
        entries.Add(5, MasterSalt);
        entries.Add(6, IdContext);
        return entries.Values;
    }

    /// <summary>Without keys.</summary>
    public override string ToString() => "OSCORE security context";
}
