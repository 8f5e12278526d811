namespace Surety.Cose.Tests;

/// <summary>Keys and messages of RFC 8392, appendix A.</summary>
internal static class Rfc8392
{
    public const string Claims =
        "a70175636f61703a2f2f61732e6578616d706c652e636f6d02656572696b77037818636f61703a2f2f6c696768742e6578616d706c652e636f6d041a5612aeb0051a5610d9f0061a5610d9f007420b71";

    public const string Symmetric128 = "a42050231f4c4d4d3051fdc2ec0a3851d5b3830104024c53796d6d6574726963313238030a";

    /// <summary>A.2.2; the bytes of the RFC say AES-CCM (10), its diagnostic notation and its use HMAC 256/64 (4), as it is here.</summary>
    public const string Symmetric256 = "a4205820403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d795693880104024c53796d6d65747269633235360304";

    /// <summary>A.2.3, with the private half.</summary>
    public const string Asymmetric =
        "a72358206c1382765aec5358f117733d281c1c7bdc39884d04a45a1e6c67c858bc206c1922582060f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b9215820143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f2001010202524173796d6d657472696345434453413235360326";

    public const string Signed =
        "d28443a10126a104524173796d6d657472696345434453413235365850" + Claims
        + "58405427c1ff28d23fbad1f29c4c7c6a555e601d6fa29f9179bc3d7438bacaca5acd08c8d4d4f96131680c429a01f85951ecee743a52b9b63632c57209120e1c9e30";

    /// <summary>A.4 without the tag of CWT.</summary>
    public const string Maced = "d18443a10104a1044c53796d6d65747269633235365850" + Claims + "48093101ef6d789200";

    public const string Encrypted =
        "d08343a1010aa2044c53796d6d6574726963313238054d99a0d7846e762c49ffe8a63e0b5858b918a11fd81e438b7f973d9e2e119bcb22424ba0f38a80f27562f400ee1d0d6c0fdb559c02421fd384fc2ebe22d7071378b0ea7428fff157444d45f7e6afcda1aae5f6495830c58627087fc5b4974f319a8707a635dd643b";

    /// <summary>A.6: <see cref="Signed"/>, encrypted.</summary>
    public const string Nested =
        "d08343a1010aa2044c53796d6d6574726963313238054d4a0694c0e69ee6b5956655c7b258b7f6b0914f993de822cc47e5e57a188d7960b528a747446fe12f0e7de05650dec74724366763f167a29c002dfd15b34d8993391cf49bc91127f545dba8703d66f5b7f1ae91237503d371e6333df9708d78c4fb8a8386c8ff09dc49af768b23179deab78d96490a66d5724fb33900c60799d9872fac6da3bdb89043d67c2a05414ce331b5b8f1ed8ff7138f45905db2c4d5bc8045ab372bff142631610a7e0f677b7e9b0bc73adefdcee16d9d5d284c616abeab5d8c291ce0";

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    public static CoseKey Key(string hex)
    {
        Assert.True(CoseKey.TryRead(Bytes(hex), out CoseKey? key, out string? problem), problem);
        return key;
    }
}
