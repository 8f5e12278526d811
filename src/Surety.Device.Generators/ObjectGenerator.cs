using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Surety.Device.Generators;

/// <summary>Writes the other part of each class with <c>[Lwm2mObject]</c>: its definition, its properties, and what a server does with them.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ObjectGenerator : IIncrementalGenerator
{
    internal const string ObjectAttribute = "Surety.Device.Lwm2mObjectAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<GeneratedObject> objects = context.SyntaxProvider.ForAttributeWithMetadataName(
            ObjectAttribute, static (node, _) => node is ClassDeclarationSyntax, static (found, token) => Generate(found, token));
        context.RegisterSourceOutput(objects, static (output, made) =>
        {
            foreach (Finding finding in made.Findings)
                output.ReportDiagnostic(finding.ToDiagnostic());
            if (made.Source is not null)
                output.AddSource(made.Name, SourceText.From(made.Source, Encoding.UTF8));
        });
    }

    private static GeneratedObject Generate(GeneratorAttributeSyntaxContext found, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)found.TargetSymbol;
        var reader = new ObjectReader(type, found.Attributes[0], cancellationToken);
        string name = type.ToDisplayString().Replace('<', '(').Replace('>', ')') + ".g.cs";
        bool isWhole = reader.TryRead(out ObjectDefinition? definition);
        return new GeneratedObject(name, isWhole ? new ObjectWriter(type, definition!, reader).Write() : null, reader.Findings);
    }
}
