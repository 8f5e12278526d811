namespace Surety.Server.Features.Enrollment;

/// <summary>What a bulk job does with its identities.</summary>
/// <remarks>The numbers are stored.</remarks>
internal enum BulkKind
{
    Upload = 0,
    Delete = 1,
}
