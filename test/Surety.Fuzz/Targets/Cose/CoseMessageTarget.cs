using System.Security.Cryptography;
using Surety.Cose;

namespace Surety.Fuzz.Targets.Cose;

/// <summary>COSE messages and keys. The first byte says which of them the rest is read as. What nobody has signed here is never that of the key.</summary>
internal sealed class CoseMessageTarget : FuzzTarget
{
    private static readonly ECDsa Stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly CoseKey Secret = CoseKey.FromSecret(new byte[16], CoseAlgorithm.None);

    public override string Name => "cose-message";

    public override IReadOnlyList<byte[]> Words { get; } =
        [[0xd2, 0x84], [0xd1, 0x84], [0xd0, 0x83], [0xd8, 0x3d], [0x43, 0xa1, 0x01, 0x26], [0xa0], [0xf6], [0x9f], [0xbf], [0xff], [0x5f], [0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0x02, 0x81, 0x01]];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        if (input.IsEmpty)
            return;
        byte[] message = input[1..].ToArray();
        string? problem;
        switch (input[0] & 3)
        {
            case 0:
                if (CoseSign1.TryRead(message, out CoseSign1? signed, out problem))
                {
                    Assert.False(signed.IsSignedBy(Stranger));
                    features.AddAmount(1, signed.Headers.Protected.Count + signed.Headers.Unprotected.Count);
                }

                break;
            case 1:
                if (CoseMac0.TryRead(message, out CoseMac0? authenticated, out problem))
                    Assert.False(authenticated.IsAuthenticatedBy(Secret));
                break;
            case 2:
                if (CoseEncrypt0.TryRead(message, out CoseEncrypt0? encrypted, out problem))
                    Assert.Null(encrypted.Decrypt(Secret));
                break;
            default:
                // What is read and written again is the same key.
                if (CoseKey.TryRead(message, out CoseKey? key, out problem))
                    Assert.True(CoseKey.TryRead(key.Encode(), out CoseKey? again, out _) && again.IsSameKey(key));
                break;
        }

        features.AddText(2, problem);
    }
}
