using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Surety.Server.Features.PreSharedKeys;

/// <summary>A key to be added.</summary>
internal sealed record PreSharedKeyRequest
{
    private const int MinName = 16;
    private const int MaxName = 64;
    private const int MinDigits = 32;
    private const int MaxDigits = 64;

    /// <summary>16 to 64 printable ASCII characters: the device's endpoint name, and its PSK identity.</summary>
    public string? EndpointName { get; init; }

    /// <summary>16 to 32 bytes, hexadecimal, with or without <c>0x</c>.</summary>
    public string? SecretHex { get; init; }

    /// <exception cref="PreSharedKeyException">400.</exception>
    public static async ValueTask<PreSharedKeyRequest> ReadAsync(HttpRequest request, JsonSerializerOptions options)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<PreSharedKeyRequest>(request.Body, options, request.HttpContext.RequestAborted)
                ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new PreSharedKeyException(StatusCodes.Status400BadRequest, PreSharedKeyException.MalformedJsonContent);
        }
    }

    /// <exception cref="PreSharedKeyException">400.</exception>
    public static void CheckName(string name)
    {
        if (!IsName(name))
            throw new PreSharedKeyException(StatusCodes.Status400BadRequest, PreSharedKeyException.InvalidEndpointName);
    }

    /// <summary>The name and the key.</summary>
    /// <exception cref="PreSharedKeyException">400, with everything that is wrong.</exception>
    public (string Name, byte[] Secret) Parse()
    {
        var digits = SecretHex is { } hex ? hex.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? hex[2..] : hex : "";
        // A half byte would match the pattern of the contract, and be no key.
        var isSecret = digits.Length is >= MinDigits and <= MaxDigits && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit);
        if (!IsName(EndpointName) || !isSecret)
        {
            string[] words = [IsName(EndpointName) ? "" : PreSharedKeyException.InvalidEndpointName, isSecret ? "" : PreSharedKeyException.InvalidSecretHex];
            throw new PreSharedKeyException(StatusCodes.Status400BadRequest, string.Join(',', words.Where(word => word.Length > 0)));
        }

        return (EndpointName, Convert.FromHexString(digits));
    }

    private static bool IsName([NotNullWhen(true)] string? name) => name is { Length: >= MinName and <= MaxName } && name.All(character => character is >= ' ' and <= '~');
}
