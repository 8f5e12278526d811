namespace Surety.Device;

/// <summary>A file of a buffer.</summary>
/// <param name="number">Its place among the others.</param>
/// <param name="path">Where it is.</param>
internal sealed class MeasurementSegment(long number, string path)
{
    public long Number { get; } = number;

    public string Path { get; } = path;

    /// <summary>Bytes of whole records.</summary>
    public long Length { get; set; }

    /// <summary>Records that have not been delivered.</summary>
    public long Waiting { get; set; }
}
