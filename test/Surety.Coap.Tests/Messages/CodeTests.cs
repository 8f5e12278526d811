namespace Surety.Coap.Tests.Messages;

/// <summary>RFC 7252, 3, 5.1, 5.2, 12.1; RFC 7959, 2.9; RFC 8132, 6; RFC 8323, 5; RFC 8516; RFC 8768.</summary>
public sealed class CodeTests
{
    // The names and numbers of the registries.
    public static TheoryData<CoapCode, string, byte> Registered => new()
    {
        { CoapCode.Empty, "0.00", 0 },
        { CoapCode.Get, "0.01", 1 },
        { CoapCode.Post, "0.02", 2 },
        { CoapCode.Put, "0.03", 3 },
        { CoapCode.Delete, "0.04", 4 },
        { CoapCode.Fetch, "0.05", 5 },
        { CoapCode.Patch, "0.06", 6 },
        { CoapCode.IPatch, "0.07", 7 },
        { CoapCode.Created, "2.01", 65 },
        { CoapCode.Deleted, "2.02", 66 },
        { CoapCode.Valid, "2.03", 67 },
        { CoapCode.Changed, "2.04", 68 },
        { CoapCode.Content, "2.05", 69 },
        { CoapCode.Continue, "2.31", 95 },
        { CoapCode.BadRequest, "4.00", 128 },
        { CoapCode.Unauthorized, "4.01", 129 },
        { CoapCode.BadOption, "4.02", 130 },
        { CoapCode.Forbidden, "4.03", 131 },
        { CoapCode.NotFound, "4.04", 132 },
        { CoapCode.MethodNotAllowed, "4.05", 133 },
        { CoapCode.NotAcceptable, "4.06", 134 },
        { CoapCode.RequestEntityIncomplete, "4.08", 136 },
        { CoapCode.Conflict, "4.09", 137 },
        { CoapCode.PreconditionFailed, "4.12", 140 },
        { CoapCode.RequestEntityTooLarge, "4.13", 141 },
        { CoapCode.UnsupportedContentFormat, "4.15", 143 },
        { CoapCode.UnprocessableEntity, "4.22", 150 },
        { CoapCode.TooManyRequests, "4.29", 157 },
        { CoapCode.InternalServerError, "5.00", 160 },
        { CoapCode.NotImplemented, "5.01", 161 },
        { CoapCode.BadGateway, "5.02", 162 },
        { CoapCode.ServiceUnavailable, "5.03", 163 },
        { CoapCode.GatewayTimeout, "5.04", 164 },
        { CoapCode.ProxyingNotSupported, "5.05", 165 },
        { CoapCode.HopLimitReached, "5.08", 168 },
        { CoapCode.Csm, "7.01", 225 },
        { CoapCode.Ping, "7.02", 226 },
        { CoapCode.Pong, "7.03", 227 },
        { CoapCode.Release, "7.04", 228 },
        { CoapCode.Abort, "7.05", 229 },
    };

    [Theory]
    [MemberData(nameof(Registered))]
    public void A_registered_code_has_its_number(CoapCode code, string text, byte value)
    {
        Assert.Equal(text, code.ToString());
        Assert.Equal(value, code.Value);
        Assert.Equal(code, CoapCode.Of(code.Class, code.Detail));
    }

    [Fact]
    public void Classes_say_what_a_message_is()
    {
        for (int value = 0; value < 256; value++)
        {
            var code = new CoapCode((byte)value);
            Assert.Equal(value == 0, code.IsEmpty);
            Assert.Equal(value is >= 1 and <= 31, code.IsRequest);
            Assert.Equal(value is (>= 64 and <= 95) or (>= 128 and <= 191), code.IsResponse);
            Assert.Equal(value is >= 64 and <= 95, code.IsSuccess);
            Assert.Equal(value >= 224, code.IsSignal);
        }
    }

    // RFC 7252, 5.1; RFC 8132, 2, 3.
    [Fact]
    public void Methods_are_safe_and_idempotent_as_their_definitions_say()
    {
        Assert.Equal([CoapCode.Get, CoapCode.Fetch], Methods().Where(m => m.IsSafe));
        Assert.Equal([CoapCode.Get, CoapCode.Put, CoapCode.Delete, CoapCode.Fetch, CoapCode.IPatch], Methods().Where(m => m.IsIdempotent));

        static IEnumerable<CoapCode> Methods() => Enumerable.Range(1, 7).Select(m => new CoapCode((byte)m));
    }

    [Fact]
    public void Class_and_detail_have_three_and_five_bits()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CoapCode.Of(8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoapCode.Of(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoapCode.Of(2, 32));
    }
}
