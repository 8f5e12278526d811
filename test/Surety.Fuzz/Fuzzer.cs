using System.Diagnostics;

namespace Surety.Fuzz;

/// <summary>Runs a target over its corpus, and then over mutations of it for some time.</summary>
internal sealed class Fuzzer(FuzzTarget target)
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TimeToMinimize = TimeSpan.FromSeconds(3);

    private readonly FuzzFolder _folder = new(target);
    private readonly FeatureSet _features = new();
    private readonly List<byte[]> _inputs = [[]];

    /// <summary>Inputs run.</summary>
    public long Count { get; private set; }

    /// <summary>Things that inputs did, as far as the target tells.</summary>
    public int Features => _features.Count;

    /// <summary>Runs one input, as kept by an earlier finding.</summary>
    public void RunOne(string path) => RunChecked(File.ReadAllBytes(path));

    /// <param name="time">How long to mutate.</param>
    /// <param name="seed">For the same mutations again.</param>
    /// <param name="keep">Adds what does something new to the corpus.</param>
    /// <exception cref="Finding">An input broke something; it is kept.</exception>
    public void Run(TimeSpan time, int seed, bool keep)
    {
        if (CurrentInput.TakeLast(_folder) is { } deadly)
            throw Describe("the process died of it, the last time", deadly, null);
        using CurrentInput current = CurrentInput.Open(_folder, Math.Max(target.MaxLength, 1 << 20));
        foreach ((string path, byte[] bytes) in _folder.Load())
        {
            current.Set(bytes);
            Try(bytes, path);
            _inputs.Add(bytes);
        }

        var random = new Random(seed);
        var mutator = new Mutator(random, target);
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            ReadOnlySpan<byte> input = mutator.Mutate(Choose(random), Choose(random));
            current.Set(input);
            int features = _features.Count;
            Try(input, null);
            if (_features.Count == features)
                continue;
            _inputs.Add(input.ToArray());
            if (keep)
                _folder.KeepInteresting(input);
        }
    }

    private byte[] Choose(Random random) =>
        // What was found last is the least explored.
        _inputs[random.Next(3) == 0 ? random.Next(Math.Max(0, _inputs.Count - 20), _inputs.Count) : random.Next(_inputs.Count)];

    private void Try(ReadOnlySpan<byte> input, string? path)
    {
        try
        {
            RunChecked(input);
        }
        catch (Exception e)
        {
            byte[] smallest = Minimize(input.ToArray(), e);
            throw Describe(path is null ? e.Message : $"{e.Message} ({path})", smallest, e);
        }
    }

    private void RunChecked(ReadOnlySpan<byte> input)
    {
        Count++;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        target.Run(input, _features);
        if (Stopwatch.GetElapsedTime(start) > MaxTime)
            throw new Finding($"took {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > target.MaxAllocation)
            throw new Finding($"allocated {allocated} bytes");
    }

    /// <summary>Takes pieces out as long as the same kind of fault stays.</summary>
    private byte[] Minimize(byte[] input, Exception fault)
    {
        long start = Stopwatch.GetTimestamp();
        for (int piece = Math.Max(1, input.Length / 2); piece > 0; piece /= 2)
        {
            for (int at = 0; at + piece <= input.Length && Stopwatch.GetElapsedTime(start) < TimeToMinimize;)
            {
                byte[] shorter = [.. input[..at], .. input[(at + piece)..]];
                if (Fails(shorter, fault))
                    input = shorter;
                else
                    at += piece;
            }
        }

        return input;
    }

    private bool Fails(byte[] input, Exception fault)
    {
        try
        {
            RunChecked(input);
            return false;
        }
        catch (Exception e)
        {
            return e.GetType() == fault.GetType() && e.TargetSite == fault.TargetSite;
        }
    }

    private Finding Describe(string what, byte[] input, Exception? fault)
    {
        string path = _folder.KeepCrash(input);
        return new Finding(
            $"""
            {target.Name}: {what}
            The input is kept in {path} ({input.Length} bytes: {Convert.ToHexString(input.AsSpan(0, Math.Min(input.Length, 100)))}).
            To run it alone:
              SURETY_FUZZ_INPUT={path} dotnet run --project test/Surety.Fuzz -- -method "*.Fuzz" -noLogo
            When the fault is mended, move the file to corpus/{target.Name}/ and commit it: every run begins with it.
            """,
            fault);
    }
}
