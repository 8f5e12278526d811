using System.Diagnostics;

namespace Surety.Fuzz;

/// <summary>Runs a target over its corpus, and then over mutations of it for some time.</summary>
internal sealed class Fuzzer(FuzzTarget target)
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HangTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TimeToMinimize = TimeSpan.FromSeconds(3);

    private readonly FuzzFolder _folder = new(target);
    private readonly FeatureSet _features = new();
    private readonly List<byte[]> _inputs = [[]];
    private long _inputBytes;
    private long _inputStarted;
    private int _seed;

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
        _seed = seed;
        using CurrentInput current = CurrentInput.Open(_folder, Math.Max(target.MaxLength, 1 << 20));
        using var watchdog = new Timer(_ => EndHang(), null, HangTime, TimeSpan.FromSeconds(1));
        foreach ((string path, byte[] bytes) in _folder.Load())
        {
            current.Set(bytes);
            Try(bytes, path);
            _inputs.Add(bytes);
        }

        var random = new Random(seed);
        var mutator = new Mutator(random, target);
        long retained = GC.GetTotalMemory(forceFullCollection: true);
        long start = Stopwatch.GetTimestamp();
        long retainedAt = start;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            ReadOnlySpan<byte> input = mutator.Mutate(Choose(random), Choose(random));
            current.Set(input);
            int features = _features.Count;
            Try(input, null);
            if (Stopwatch.GetElapsedTime(retainedAt) > RetentionInterval)
            {
                CheckRetained(retained, input);
                retainedAt = Stopwatch.GetTimestamp();
            }

            if (_features.Count == features)
                continue;
            _inputs.Add(input.ToArray());
            _inputBytes += input.Length;
            if (keep)
                _folder.KeepInteresting(input);
        }

        CheckRetained(retained, _inputs[^1]);
    }

    /// <summary>What no input needs any more must be gone: a cache that only grows would end a server after weeks.</summary>
    private void CheckRetained(long before, ReadOnlySpan<byte> last)
    {
        // Of what was found interesting, the set of features and the inputs' own overhead are the harness's.
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before - _inputBytes - (100L * (_inputs.Count + _features.Count));
        if (grown > target.MaxRetained)
            throw Describe($"{grown} bytes more than at the start are in use after {Count} inputs; the last input is but one of them", last.ToArray(), null);
    }

    /// <summary>Nothing else ends an endless loop. The input stays where the next run looks for what the last one died of.</summary>
    private void EndHang()
    {
        long started = Volatile.Read(ref _inputStarted);
        if (started != 0 && Stopwatch.GetElapsedTime(started) > HangTime)
            Environment.FailFast($"{target.Name}: an input has not come to an end within {HangTime.TotalSeconds} s; seed {_seed}. Run again to be shown it.");
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
        Volatile.Write(ref _inputStarted, start);
        try
        {
            target.Run(input, _features);
        }
        finally
        {
            Volatile.Write(ref _inputStarted, 0);
        }

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
            {target.Name}: {what} (seed {_seed}, input {Count})
            The input is kept in {path} ({input.Length} bytes: {Convert.ToHexString(input.AsSpan(0, Math.Min(input.Length, 1000)))}).
            To run it alone:
              SURETY_FUZZ_INPUT={path} dotnet run --project test/Surety.Fuzz -- -method "*.Fuzz" -noLogo
            When the fault is mended, move the file to corpus/{target.Name}/ and commit it: every run begins with it.
            """,
            fault);
    }
}
