using System.Text;
using Surety.Coap;

namespace Surety.Testing.Coap;

/// <summary>A message as it goes over an unreliable transport, to be built or looked at field by field.</summary>
public sealed class WireMessage(MessageType type, CoapCode code, ushort messageId)
{
    public MessageType Type => type;

    public CoapCode Code => code;

    public ushort MessageId => messageId;

    public byte[] Token { get; init; } = [];

    /// <summary>Every option, ignorable ones included.</summary>
    public CoapOptions Options { get; init; } = new();

    public byte[] Payload { get; init; } = [];

    /// <summary>The Uri-Path options, <c>/3/0/1</c>.</summary>
    public string UriPath => "/" + string.Join('/', Options.GetStrings(CoapOptionNumber.UriPath));

    /// <summary>Adds Uri-Path and Uri-Query options.</summary>
    public string Path
    {
        init => CoapUri.AddPathAndQuery(value, Options);
    }

    public string Text => Encoding.UTF8.GetString(Payload);

    public BlockValue? Block1 => GetBlock(CoapOptionNumber.Block1);

    public BlockValue? Block2 => GetBlock(CoapOptionNumber.Block2);

    public static WireMessage Parse(ReadOnlySpan<byte> bytes)
    {
        CoapParseResult result = CoapMessage.Parse(bytes, out CoapMessage message);
        if (result != CoapParseResult.Message)
            throw new FormatException($"{result}: {Convert.ToHexString(bytes)}");
        var options = new CoapOptions();
        foreach (CoapOption option in message.Options)
            options.Add(option.Number, option.Value.ToArray());
        return new(message.Type, message.Code, message.MessageId) { Token = message.Token.ToArray(), Options = options, Payload = message.Payload.ToArray() };
    }

    public byte[] ToBytes()
    {
        byte[] buffer = new byte[CoapMessageWriter.HeaderLength(Token.Length) + Options.Sum(option => 5 + option.Value.Length) + 1 + Payload.Length];
        int header = CoapMessageWriter.WriteHeader(buffer, type, code, messageId, Token);
        var writer = new CoapMessageWriter(buffer, header);
        Options.WriteTo(ref writer);
        writer.Payload(Payload);
        return buffer[..writer.Finish()];
    }

    public override string ToString() => $"{type} {code} {messageId:x4} token {Convert.ToHexStringLower(Token)}, {Payload.Length} bytes";

    private BlockValue? GetBlock(CoapOptionNumber number) => Options.GetUInt(number) is { } value ? BlockValue.FromUInt(value) : null;
}
