using Surety.Coap;

namespace Surety.Device;

/// <summary>An enrolment that came to nothing.</summary>
public sealed class EstException : InvalidOperationException
{
    /// <summary>What the EST server answered, or what is wrong with it.</summary>
    /// <param name="message">In words.</param>
    /// <param name="code">The code of the response; 0.00 when its content is at fault.</param>
    public EstException(string message, CoapCode code = default)
        : base(message) => Code = code;

    /// <summary>The code of the response; 0.00 when its content is at fault.</summary>
    public CoapCode Code { get; }
}
