using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Testing;

namespace Surety.Device.Tests;

public sealed class EstContentTests
{
    // RFC 9148, A.1.
    private const string CaCertificates = """
        3082027a06092a864886f70d010702a082026b308202670201013100300b06092a864886f70d010701a082024d30820249308201efa0030201020208
        0b8bb0fe604f6a1e300a06082a8648ce3d0403023067310b3009060355040613025553310b300906035504080c024341310b300906035504070c024c
        4131143012060355040a0c0b4578616d706c6520496e6331163014060355040b0c0d63657274696669636174696f6e3110300e06035504030c07526f
        6f74204341301e170d3139303133313131323730335a170d3339303132363131323730335a3067310b3009060355040613025553310b300906035504
        080c024341310b300906035504070c024c4131143012060355040a0c0b4578616d706c6520496e6331163014060355040b0c0d636572746966696361
        74696f6e3110300e06035504030c07526f6f742043413059301306072a8648ce3d020106082a8648ce3d030107034200040c1b1e82ba8cc72680973f
        97edb8a0c72ab0d405f05d4fe29b997a14ccce89008313d09666b6ce375c595fcc8e37f8e4354497011be90e56794bd91ad951ab45a3818430818130
        1d0603551d0e041604141df1208944d77b5f1d9dcb51ee244a523f3ef5de301f0603551d230418301680141df1208944d77b5f1d9dcb51ee244a523f
        3ef5de300f0603551d130101ff040530030101ff300e0603551d0f0101ff040403020106301e0603551d110417301581136365727469667940657861
        6d706c652e636f6d300a06082a8648ce3d040302034800304502202b891dd411d07a6d6f621947635ba4c43165296b3f633726f02e51ecf464bd4002
        2100b4be8a80d08675f041fbc719acf3b39dedc85dc92b3035868cb2daa8f05db196a1003100
        """;

    // RFC 9148, A.2.
    private const string Enrolled = """
        3082026e06092a864886f70d010702a082025f3082025b0201013100300b06092a864886f70d010701a08202413082023d308201e2a0030201020208
        7e7661d7b54e4632300a06082a8648ce3d040302305d310b3009060355040613025553310b300906035504080c02434131143012060355040a0c0b45
        78616d706c6520496e6331163014060355040b0c0d63657274696669636174696f6e3113301106035504030c0a3830322e3141522043413020170d31
        39303133313131323931365a180f39393939313233313233353935395a305c310b3009060355040613025553310b300906035504080c024341310b30
        0906035504070c024c4131143012060355040a0c0b6578616d706c6520496e63310c300a060355040b0c03496f54310f300d06035504051306577431
        3233343059301306072a8648ce3d020106082a8648ce3d03010703420004c8b421f11c25e47e3ac57123bf2d9fdc494f028bc351cc80c03f150bf50c
        ff958d75419d81a6a245dffae790be95cf75f602f9152618f816a2b23b5638e59fd9a3818a30818730090603551d1304023000301d0603551d0e0416
        041496600d8716bf7fd0e752d0ac760777ad665d02a0301f0603551d2304183016801468d16551f951bfc82a431d0d9f08bc2d205b1160300e060355
        1d0f0101ff0404030205a0302a0603551d1104233021a01f06082b06010505070804a013301106092b06010401b43b0a01040401020304300a06082a
        8648ce3d0403020349003046022100c0d81996d2507d693f3c48eaa5ee9491bda6db214099d98117c63b361374cd86022100a774989f4c321a5cf25d
        832a4d336a08ad67df20f1506421188a0ade6d349236a1003100
        """;

    // RFC 9148, A.4.
    private const string Attributes = """
        307c06072b06010101011630220603883701311b131950617273652053455420617320322e3939392e31206461746106092a864886f70d010907302c
        0603883702312506038837030603883704131950617273652053455420617320322e3939392e32206461746106092b240303020801010b0609608648
        016503040202
        """;

    [Fact]
    public void The_examples_of_the_specification_are_read()
    {
        X509Certificate2 authority = Assert.Single(EstContent.ReadCertificates(Bytes(CaCertificates), EstContent.CertsOnly));
        X509Certificate2 device = Assert.Single(EstContent.ReadCertificates(Bytes(Enrolled), EstContent.CertsOnly));

        Assert.Equal("0B8BB0FE604F6A1E", authority.SerialNumber);
        Assert.Equal("7E7661D7B54E4632", device.SerialNumber);
        Assert.Equal(["1.3.6.1.1.1.1.22", "2.999.1", "1.2.840.113549.1.9.7", "2.999.2", "1.3.36.3.3.2.8.1.1.11", "2.16.840.1.101.3.4.2.2"], EstContent.ReadCsrAttributes(Bytes(Attributes)));
    }

    [Fact]
    public void A_chain_of_OpenSSL_and_a_certificate_alone_are_read()
    {
        TestPki pki = TestPki.Shared;
        byte[] chain = new X509Certificate2Collection { pki.Server, pki.Intermediate.Certificate }.Export(X509ContentType.Pkcs7)!;

        Assert.Equal(2, EstContent.ReadCertificates(chain, EstContent.CertsOnly).Length);
        Assert.Equal(pki.Server.SerialNumber, EstContent.ReadCertificates(pki.Server.RawData, EstContent.PkixCertificate).Single().SerialNumber);
    }

    [Fact]
    public void Everything_else_is_refused_in_words()
    {
        byte[] whole = Bytes(CaCertificates);
        foreach (byte[] broken in new byte[][] { [], [0x30], whole[..100], [0x01, 0x02, .. whole], RandomNumberGenerator.GetBytes(200) })
            Assert.Throws<EstException>(() => EstContent.ReadCertificates(broken, EstContent.CertsOnly));
        Assert.Throws<EstException>(() => EstContent.ReadCertificates(whole, EstContent.PkixCertificate));
        Assert.Throws<EstException>(() => EstContent.ReadCertificates(whole, new ContentFormat(0)));
        Assert.Throws<EstException>(() => EstContent.ReadCsrAttributes(new byte[] { 0x30, 0x05, 0x06 }));
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 0x55;
            Exception? fault = Record.Exception(() => EstContent.ReadCertificates(changed, EstContent.CertsOnly));
            Assert.True(fault is null or EstException, $"{i}: {fault}");
        }
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(string.Concat(hex.Where(char.IsAsciiHexDigit)));
}
