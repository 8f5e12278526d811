using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Surety.Device.Generators;

namespace Surety.Device.Tests.Objects;

/// <summary>What the compiler says of classes that cannot be Objects. Definitions are those of OMA's registry.</summary>
public sealed class GeneratorTests
{
    [Theory]
    [InlineData("[Lwm2mObject(3303)] public partial class T { [Resource(5700)] public partial double V { get; set; } }", null, "")]
    [InlineData("[Lwm2mObject(3303)] public class T { [Resource(5700)] public double V => 1; }", "SURETY001", "partial class T")]
    [InlineData("[Lwm2mObject(0)] public partial class T { }", "SURETY001", "belongs to the client")]
    [InlineData("[Lwm2mObject(3303)] public partial class T { [Resource(5700)] public double V { get; set; } }", "SURETY002", "make it partial")]
    [InlineData("[Lwm2mObject(3303)] public partial class T { [Resource(5700)] public partial double V { get; set; } [Resource(5605)] public int R() => 1; }", "SURETY002", "returns void, Task or ValueTask")]
    [InlineData("[Lwm2mObject(3303)] public partial class T { [Resource(5700)] public double V => 1; [Resource(5700)] public double W => 1; }", "SURETY003", "V and W are both resource 5700")]
    [InlineData("[Lwm2mObject(3303)] public partial class T { [Resource(5700)] public double V => 1; [Resource(5850)] public bool W => true; }", "SURETY004", "Object 3303 defines no resource 5850")]
    [InlineData("[Lwm2mObject(3303)] public partial class T { [Resource(5700)] public string V => \"\"; }", "SURETY005", "(Sensor Value) of object 3303 is Float: make it double or float")]
    [InlineData("[Lwm2mObject(3303)] public partial class T { [Resource(5700)] public void V() { } }", "SURETY005", "make it double or float")]
    [InlineData("[Lwm2mObject(3311)] public partial class T { [Resource(5850, Operations = ResourceOperations.Read)] public bool V { get => true; set { } } }", "SURETY006", "Operations = R")]
    [InlineData("[Lwm2mObject(3303)] public partial class T { [Resource(5750)] public string V { get => \"\"; set { } } }", "SURETY007", "5700 (Sensor Value, double or float)")]
    [InlineData("[Lwm2mObject(42769)] public partial class T { }", "SURETY008", "OMA's registry describes no object 42769")]
    [InlineData("[Lwm2mObject(3303, Version = \"7.0\")] public partial class T { }", "SURETY008", "in version 7.0")]
    public void The_compiler_says_what_is_wrong_and_what_to_do(string source, string? id, string words)
    {
        Diagnostic[] found = Compile(source);

        if (id is null)
        {
            Assert.Empty(found);
            return;
        }

        Diagnostic one = Assert.Single(found, item => item.Id.StartsWith("SURETY", StringComparison.Ordinal));
        Assert.Equal(id, one.Id);
        Assert.Contains(words, one.GetMessage(), StringComparison.Ordinal);
        Assert.True(one.Location.IsInSource || one.Location.GetLineSpan().Path == "test.cs");
    }

    private static Diagnostic[] Compile(string source)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        string[] paths = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "test",
            [CSharpSyntaxTree.ParseText("using Surety.Device; using Surety.Lwm2m;\n" + source, options, "test.cs")],
            paths.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ObjectGenerator().AsSourceGenerator()], parseOptions: options);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation result, out System.Collections.Immutable.ImmutableArray<Diagnostic> diagnostics);
        Diagnostic[] errors = [.. result.GetDiagnostics().Where(item => item.Severity == DiagnosticSeverity.Error)];
        return diagnostics.IsEmpty ? errors : [.. diagnostics];
    }
}
