namespace Surety.Dtls;

/// <summary>Writes the records of a flight, in the old epoch and in the new one.</summary>
internal interface IRecordWriter
{
    /// <summary>Where a record's content begins.</summary>
    int GetContentOffset(bool isProtected);

    /// <summary>What a record adds to its content, at most.</summary>
    int GetOverhead(bool isProtected);

    /// <summary>Makes a record of the content that stands in place, with the next number.</summary>
    /// <returns>The record's length.</returns>
    int WriteRecord(ContentType type, bool isProtected, Span<byte> record, int length);
}
