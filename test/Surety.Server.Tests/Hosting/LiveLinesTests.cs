using Surety.Server.Hosting;

namespace Surety.Server.Tests.Hosting;

public sealed class LiveLinesTests : IDisposable
{
    private readonly StringWriter _terminal = new() { NewLine = "\n" };

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public void Lines_change_in_place()
    {
        using var lines = new LiveLines(_terminal, () => 80);
        lines.Show([Line("a", "1"), Line("b", "2")]);
        lines.Show([Line("a", "3"), Line("b", "4")]);
        Assert.Equal($"  {Line("a", "1")}\n  {Line("b", "2")}\n\e[2A\e[J  {Line("a", "3")}\n  {Line("b", "4")}\n", _terminal.ToString());
    }

    [Fact]
    public void Other_output_goes_above_them()
    {
        using var lines = new LiveLines(_terminal, () => 80) { NewLine = "\n" };
        lines.Show([Line("a", "1")]);
        lines.Write("half ");
        lines.WriteLine("a line");
        Assert.Equal($"  {Line("a", "1")}\n\e[1A\e[Jhalf a line\n  {Line("a", "1")}\n", _terminal.ToString());
    }

    [Fact]
    public void A_line_never_wraps()
    {
        using var lines = new LiveLines(_terminal, () => 20);
        lines.Show([Line(new string('x', 50), "")]);
        Assert.Equal("  " + new string('x', 17) + "\n", _terminal.ToString());
    }

    [Fact]
    public void A_file_gets_a_line_when_a_state_changes()
    {
        using var lines = new LiveLines(_terminal, null);
        lines.Show([Line("a", "21 °C", "connecting")]);
        lines.Show([Line("a", "22 °C", "connecting")]);
        lines.Show([Line("a", "23 °C", "registered")]);
        Assert.Equal($"  {Line("a", "21 °C", "connecting")}\n  {Line("a", "23 °C", "registered")}\n", _terminal.ToString());
    }

    private static LiveLine Line(string name, string value, string state = "registered") => new(name, value, state);
}
