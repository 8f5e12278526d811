using System.ComponentModel;

namespace Surety.Server.Features.Enrollment;

/// <summary>The form of a bulk request, for the description of the API; <see cref="IdentityFile"/> reads it.</summary>
internal sealed record BulkForm
{
    [Description(
        "CSV in UTF-8, at most 10 MB. The first line is ignored; of each other line the first value is an enrollment identity, with or without "
        + "double quotes. Lines end with CR, LF or both; empty ones are ignored.")]
    public required IFormFile EnrollmentIdentities { get; init; }
}
