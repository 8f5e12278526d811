using System.Globalization;
using System.Reflection;

namespace Surety.Fuzz;

/// <summary>
/// Every parser of bytes from outside, fed with mutations of its corpus: 3 seconds each, or as <c>SURETY_FUZZ_SECONDS</c> says;
/// <c>SURETY_FUZZ_TARGET</c> chooses one, <c>SURETY_FUZZ_SEED</c> repeats a run, <c>SURETY_FUZZ_INPUT</c> runs one file,
/// <c>SURETY_FUZZ_KEEP=1</c> adds inputs that do something new to the corpus.
/// </summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Targets => [.. All().Select(target => target.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Fuzz(string name)
    {
        if (Get("TARGET") is { } chosen && chosen != name)
            return;
        FuzzTarget target = All().Single(t => t.Name == name);
        var fuzzer = new Fuzzer(target);
        if (Get("INPUT") is { } path)
        {
            if (Path.GetFileName(Path.GetDirectoryName(path)) == name)
                fuzzer.RunOne(path);
            return;
        }

        // The same in every build, so that what a change did not break does not fail it; chance is for the hours (SURETY_FUZZ_SEED=random).
        int seed = Get("SEED") switch { null => 1, "random" => new Random().Next(), { } text => int.Parse(text, CultureInfo.InvariantCulture) };
        double seconds = Get("SECONDS") is { } time ? double.Parse(time, CultureInfo.InvariantCulture) : 2;
        fuzzer.Run(TimeSpan.FromSeconds(seconds), seed, Get("KEEP") == "1");
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {fuzzer.Count} inputs, {fuzzer.Features} features, seed {seed}");
        Assert.True(fuzzer.Count > 100, $"only {fuzzer.Count} inputs in {seconds} s");
    }

    [Fact]
    public void Every_target_has_a_corpus_and_a_name_of_its_own()
    {
        FuzzTarget[] targets = [.. All()];
        Assert.Equal(targets.Length, targets.Select(t => t.Name).Distinct().Count());
        Assert.All(targets, target =>
        {
            Assert.Matches("^[a-z0-9-]+$", target.Name);
            Assert.NotEmpty(new FuzzFolder(target).Load());
        });
    }

    private static IEnumerable<FuzzTarget> All() => Assembly.GetExecutingAssembly().GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(FuzzTarget))).Select(type => (FuzzTarget)Activator.CreateInstance(type)!);

    private static string? Get(string name) => Environment.GetEnvironmentVariable("SURETY_FUZZ_" + name) is { Length: > 0 } value ? value : null;
}
