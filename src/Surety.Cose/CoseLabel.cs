using System.Globalization;

namespace Surety.Cose;

/// <summary>The name of a header, of a member of a key or of a claim: a number, or a text (RFC 9052, 1.5).</summary>
public readonly record struct CoseLabel
{
    private CoseLabel(long number, string? text)
    {
        Number = number;
        Text = text;
    }

    /// <summary>The number, when <see cref="Text"/> is null.</summary>
    public long Number { get; }

    /// <summary>The text; null: it is a number.</summary>
    public string? Text { get; }

    /// <summary>A number.</summary>
    public static implicit operator CoseLabel(long number) => new(number, null);

    /// <summary>A text.</summary>
    public static implicit operator CoseLabel(string text) => new(0, text);

    /// <inheritdoc/>
    public override string ToString() => Text is null ? Number.ToString(CultureInfo.InvariantCulture) : $"\"{Text}\"";
}
