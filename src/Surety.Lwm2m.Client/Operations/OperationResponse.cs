using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>The answer to a request of a server.</summary>
internal readonly record struct OperationResponse
{
    public OperationResponse(CoapCode code) => Code = code;

    public CoapCode Code { get; }

    public ContentFormat? Format { get; init; }

    /// <summary>Valid until the next operation on this thread.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Why it is an error, for people.</summary>
    public string? Diagnostic { get; init; }

    /// <summary>The instance that was created.</summary>
    public Lwm2mPath? Location { get; init; }

    /// <summary>The client is observed from now on.</summary>
    public uint? Observe { get; init; }

    /// <summary>What is to be executed before the answer is known.</summary>
    public Execution? Execution { get; init; }

    public static implicit operator OperationResponse(OperationError error) => new(error.Code) { Diagnostic = error.Reason };

    /// <summary>Writes the answer.</summary>
    public void WriteTo(ref IncomingRequest request, string alternatePath)
    {
        if (Diagnostic is not null)
            request.RespondError(Code, Diagnostic);
        else if (Format is { } format && Observe is null)
            request.Respond(Code, format, Payload.Span);
        else
            request.Respond(ToCoap(alternatePath));
    }

    /// <summary>The answer as a response that may be kept.</summary>
    public CoapResponse ToCoap(string alternatePath)
    {
        if (Diagnostic is not null)
            return CoapResponse.Error(Code, Diagnostic);
        var response = new CoapResponse(Code) { Payload = Payload.ToArray() };
        if (Observe is { } sequence)
            response.Options.Add(CoapOptionNumber.Observe, sequence);
        if (Format is { } format)
            response.Options.Add(CoapOptionNumber.ContentFormat, format.Value);
        if (Location is { } location)
        {
            foreach (string segment in $"{alternatePath}{location}".Split('/', StringSplitOptions.RemoveEmptyEntries))
                response.Options.Add(CoapOptionNumber.LocationPath, Encoding.UTF8.GetBytes(segment));
        }

        return response;
    }
}
