namespace Surety.Server.Features.Enrollment;

/// <summary>How far a bulk job is. (enrollment, BulkResponse, status.)</summary>
/// <remarks>The numbers are stored.</remarks>
internal enum BulkStatus
{
    New = 0,
    Processing = 1,
    Completed = 2,
}
