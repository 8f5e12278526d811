using Surety.Lwm2m;
using Surety.Server.Api;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Features.Echo;

/// <summary>What an application wants of one path.</summary>
internal sealed record EchoWish
{
    /// <summary>An instance, a resource or a resource instance: <c>/3311/0/5850</c>.</summary>
    public string? ResourcePath { get; init; }

    /// <summary>Base64 of at most 8192 bytes, as the device shall get it; null takes back what was wanted.</summary>
    public string? Value { get; init; }

    /// <summary>The media type of the value; without one it is text, or bytes where the object says so.</summary>
    public string? ContentType { get; init; }

    /// <summary>Adds what is wrong with it.</summary>
    /// <param name="name">What stands for it in the request.</param>
    /// <param name="errors">Gets the errors.</param>
    /// <returns>The path, the value and the type; only of use when nothing was added.</returns>
    public (Lwm2mPath Path, byte[]? Value, string? Type) Check(string name, List<ErrorField> errors)
    {
        if (!Lwm2mPath.TryParse(ResourcePath ?? "", out var path) || path.Level < 2)
            errors.Add(new ErrorField($"{name}.resource_path", "must be the path of an instance, a resource or a resource instance, such as /3311/0/5850"));
        byte[]? value = null;
        if (Value is not null)
        {
            var buffer = new byte[(Value.Length + 3) / 4 * 3];
            if (!Convert.TryFromBase64String(Value, buffer, out var length))
                errors.Add(new ErrorField($"{name}.value", "must be standard base64, or null"));
            else if (length > EchoLimits.MaxValue)
                errors.Add(new ErrorField($"{name}.value", $"must have at most {EchoLimits.MaxValue} bytes"));
            else
                value = buffer[..length];
        }

        if (string.IsNullOrEmpty(ContentType))
            return (path, value, null);
        if (MediaTypes.TryParse(ContentType, out var format))
            return (path, value, MediaTypes.NameOf(format));
        errors.Add(new ErrorField($"{name}.content_type", $"has no CoAP content format; known are {string.Join(", ", MediaTypes.Known)}"));
        return (path, value, null);
    }
}
