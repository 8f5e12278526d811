using Surety.Lwm2m.Client;

namespace Surety.Device.Tests.Objects;

/// <summary>One of our own, with all that a class can have.</summary>
[Lwm2mObject(42770, Name = "Everything", Version = "1.2")]
internal sealed partial class Everything
{
    [Resource(1, Operations = Lwm2m.ResourceOperations.Read | Lwm2m.ResourceOperations.Write, Range = "0..100", Unit = "/100")]
    public partial int Small { get; set; }

    [Resource(2, Operations = Lwm2m.ResourceOperations.Read | Lwm2m.ResourceOperations.Write)]
    public partial IReadOnlyDictionary<ushort, string> Names { get; set; } = new Dictionary<ushort, string> { [0] = "zero", [7] = "seven" };

    [Resource(3)]
    public partial DateTimeOffset? Since { get; set; }

    [Resource(4)]
    public partial DayOfWeek Day { get; set; } = DayOfWeek.Friday;

    [Resource(5, Operations = Lwm2m.ResourceOperations.Read | Lwm2m.ResourceOperations.Write)]
    public int Through { get => Behind; set => Behind = value; }

    [Resource(6)]
    public partial Lwm2m.ObjectLink Link { get; set; } = new(3, 0);

    [Resource(7)]
    public partial byte[] Octets { get; set; } = [1, 2];

    public int Behind { get; private set; } = 5;

    public string? Executed { get; private set; }

    [Resource(10)]
    public async Task RunAsync(ExecuteArguments arguments, CancellationToken cancellationToken)
    {
        await Task.Delay(1, cancellationToken);
        Executed = arguments[0] + " " + arguments.Count;
    }
}
