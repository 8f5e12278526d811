using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Surety.Device.Generators;

/// <summary>A diagnostic as plain values, so that the compiler can tell whether it has changed.</summary>
internal sealed record Finding(DiagnosticDescriptor Descriptor, string Path, TextSpan Span, LinePositionSpan Lines, string Arguments)
{
    private const char Separator = '\u0001';

    public static Finding At(ISymbol symbol, DiagnosticDescriptor descriptor, params object[] arguments)
    {
        Location? location = symbol.Locations.FirstOrDefault(candidate => candidate.IsInSource);
        FileLinePositionSpan lines = location?.GetLineSpan() ?? default;
        return new Finding(descriptor, lines.Path ?? "", location?.SourceSpan ?? default, lines.Span, string.Join(Separator.ToString(), arguments));
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptor, Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines), [.. Arguments.Split(Separator)]);
}
