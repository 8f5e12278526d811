namespace Surety.Update;

/// <summary>One step of a delta: so many bytes that are nearly those of the old image, and so many that are new.</summary>
/// <param name="OldStart">Where in the old image the similar bytes are.</param>
/// <param name="NewStart">Where in the new image they are.</param>
/// <param name="SimilarLength">How many they are.</param>
/// <param name="AddedLength">How many new ones follow them.</param>
internal readonly record struct DeltaStep(int OldStart, int NewStart, int SimilarLength, int AddedLength);
