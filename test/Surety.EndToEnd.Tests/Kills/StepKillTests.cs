using System.Collections.Concurrent;

namespace Surety.EndToEnd.Tests.Kills;

/// <summary>
/// The server, or a device of the SDK, dies at each step of the way from the factory to the server and of a renewal, over DTLS: before each datagram
/// is handled, and when it is handled and the answer has not left. Each step has a device of its own, whose line is dead from there on; one SIGKILL
/// of the server then meets all of them at their steps.
/// </summary>
public sealed class StepKillTests(KillPlatform platform) : IClassFixture<KillPlatform>
{
    // Few enough that nothing waits long enough to be sent again.
    private const int AtOnce = 6;

    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(400);

    private readonly KillPlatform _platform = platform;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_is_killed_at_each_datagram_of_bootstrap_enrolment_and_registration()
    {
        RelayedDevice undisturbed = await RegisterAsync("server-dies");
        Cut[] cuts = CutsOf(undisturbed);
        ConcurrentBag<RelayedDevice> devices = [];
        await ForEachAsync(cuts, async cut =>
        {
            RelayedDevice device = await _platform.MakeAsync($"server-dies-{cut}");
            devices.Add(device);
            device.Line.Begin(cut);
            device.Start();
            await CutOrSettledAsync(device);
        });
        CheckCuts(cuts, devices);
        // The registration is the last that it says.
        RelayedDevice acknowledged = await _platform.MakeAsync("server-dies-acknowledged");
        devices.Add(acknowledged);
        acknowledged.Line.Begin(cuts.Last(cut => cut.To == End.Server));
        acknowledged.Start();
        await CutOrSettledAsync(acknowledged);
        await _platform.KillServerAsync([.. devices, undisturbed], acknowledged);
        await ForEachAsync([.. devices], ComeBackAsync, devices.Count);
        await _platform.CheckAsync(devices, undisturbed);
    }

    [Fact]
    public async Task The_server_is_killed_at_each_datagram_of_a_renewal()
    {
        (RelayedDevice undisturbed, Cut[] cuts) = await RehearseRenewalAsync("server-dies-renewing");
        ConcurrentDictionary<RelayedDevice, string> renewals = [];
        await ForEachAsync(cuts, async cut =>
        {
            RelayedDevice device = await RegisterAsync($"server-dies-renewing-{cut}");
            device.Line.Begin(cut);
            renewals[device] = await _platform.OrderAsync(device);
        });
        await Task.WhenAll(renewals.Select(renewal => CutOrRenewedAsync(renewal.Key, renewal.Value)));
        CheckCuts(cuts, renewals.Keys);
        // What the device says first with its new certificate is the last that it says.
        RelayedDevice acknowledged = await RegisterAsync("server-dies-renewing-acknowledged");
        acknowledged.Line.Begin(cuts.Last(cut => cut.To == End.Server));
        await CutOrRenewedAsync(acknowledged, renewals[acknowledged] = await _platform.OrderAsync(acknowledged));
        await _platform.KillServerAsync([.. renewals.Keys, undisturbed], acknowledged);
        await ForEachAsync([.. renewals], async renewal =>
        {
            await ComeBackAsync(renewal.Key);
            await RenewedAsync(renewal.Key, renewal.Value);
        }, renewals.Count);
        await _platform.CheckAsync([.. renewals.Keys], undisturbed);
    }

    [Fact]
    public async Task The_device_dies_at_each_datagram_of_bootstrap_enrolment_and_registration()
    {
        RelayedDevice undisturbed = await RegisterAsync("device-dies");
        Cut[] cuts = CutsOf(undisturbed);
        ConcurrentBag<RelayedDevice> devices = [];
        await ForEachAsync(cuts, async cut =>
        {
            RelayedDevice device = await _platform.MakeAsync($"device-dies-{cut}");
            devices.Add(device);
            device.DieAt(cut);
            device.Start();
            await CutOrSettledAsync(device);
            await device.RestartAsync();
            await _platform.UntilAsync(device, () => Task.FromResult(device.IsSettled));
        });
        await _platform.CheckAsync(devices, undisturbed);
    }

    [Fact]
    public async Task The_device_dies_at_each_step_of_its_disk_in_bootstrap_and_enrolment()
    {
        RelayedDevice undisturbed = await RegisterAsync("disk-dies");
        IReadOnlyList<string> steps = undisturbed.Flash.Steps;
        ConcurrentBag<RelayedDevice> devices = [];
        await ForEachAsync([.. Enumerable.Range(0, steps.Count)], async done =>
        {
            RelayedDevice device = await _platform.MakeAsync($"disk-dies-{done}");
            devices.Add(device);
            device.DieAfter(done);
            device.Start();
            await device.Line.WhenCut.WaitAsync(TimeSpan.FromSeconds(60), Token);
            await device.RestartAsync();
            await _platform.UntilAsync(device, () => Task.FromResult(device.IsSettled));
        });
        await _platform.CheckAsync(devices, undisturbed);
    }

    [Fact]
    public async Task The_device_dies_at_each_datagram_and_at_each_step_of_its_disk_in_a_renewal()
    {
        (RelayedDevice undisturbed, Cut[] cuts) = await RehearseRenewalAsync("device-dies-renewing");
        (string Name, Action<RelayedDevice> Arm)[] deaths =
        [
            .. cuts.Select(cut => (cut.ToString(), (Action<RelayedDevice>)(device => device.DieAt(cut)))),
            .. Enumerable.Range(0, undisturbed.Flash.Steps.Count).Select(done => ($"disk-{done}", (Action<RelayedDevice>)(device => device.DieAfter(done)))),
        ];
        ConcurrentDictionary<RelayedDevice, string> renewals = [];
        await ForEachAsync(deaths, async death =>
        {
            RelayedDevice device = await RegisterAsync($"{undisturbed.Name}-{death.Name}");
            death.Arm(device);
            renewals[device] = await _platform.OrderAsync(device);
        });
        await Task.WhenAll(renewals.Select(async renewal =>
        {
            await CutOrRenewedAsync(renewal.Key, renewal.Value);
            await renewal.Key.RestartAsync();
            await RenewedAsync(renewal.Key, renewal.Value);
        }));
        await _platform.CheckAsync([.. renewals.Keys], undisturbed);
    }

    private static Task ForEachAsync<T>(T[] items, Func<T, Task> work, int atOnce = AtOnce) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = Token }, (item, _) => new ValueTask(work(item)));

    /// <summary>Both ways of the line, at each datagram that it has carried.</summary>
    private static Cut[] CutsOf(RelayedDevice device)
    {
        (int toServer, int toDevice) = device.Line.Counts;
        TestContext.Current.SendDiagnosticMessage($"{device.Name}: {toServer} datagrams to the server, {toDevice} to the device; disk: {string.Join(", ", device.Flash.Steps)}");
        return [.. Enumerable.Range(1, toServer).Select(n => new Cut(End.Server, n)), .. Enumerable.Range(1, toDevice).Select(n => new Cut(End.Device, n))];
    }

    /// <summary>What comes last may come a moment earlier or later, or be said in one datagram more or less; all else was cut where it was to be.</summary>
    private static void CheckCuts(Cut[] cuts, IEnumerable<RelayedDevice> devices) =>
        Assert.True(devices.Count(device => device.Line.WhenCut.IsCompleted) >= cuts.Length - 4, $"{devices.Count(device => device.Line.WhenCut.IsCompleted)} of {cuts.Length}");

    private async Task<RelayedDevice> RegisterAsync(string name)
    {
        RelayedDevice device = await _platform.MakeAsync(name);
        device.Start();
        await CutOrSettledAsync(device);
        return device;
    }

    private async Task<(RelayedDevice Device, Cut[] Cuts)> RehearseRenewalAsync(string name)
    {
        RelayedDevice device = await RegisterAsync(name);
        device.Line.Begin(null);
        device.Flash.Begin();
        await CutOrRenewedAsync(device, await _platform.OrderAsync(device));
        return (device, CutsOf(device));
    }

    private Task CutOrSettledAsync(RelayedDevice device) =>
        _platform.UntilAsync(device, () => Task.FromResult(device.Line.WhenCut.IsCompleted || (device.IsSettled && device.Line.Silence > Settling)));

    private Task CutOrRenewedAsync(RelayedDevice device, string renewal) =>
        _platform.UntilAsync(device, async () => device.Line.WhenCut.IsCompleted || (device.IsSettled && device.Line.Silence > Settling && await _platform.HasRenewedAsync(renewal)));

    /// <summary>The device has spoken with the server that was started anew.</summary>
    private async Task ComeBackAsync(RelayedDevice device)
    {
        device.Update();
        await _platform.DriveAsync(device, () => device.IsSettled && device.Line.Counts.ToDevice > 0);
    }

    private Task RenewedAsync(RelayedDevice device, string renewal) =>
        _platform.UntilAsync(device, async () => device.IsSettled && await _platform.HasRenewedAsync(renewal));
}
