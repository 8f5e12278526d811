namespace Surety.Device.Tests.Objects;

[Lwm2mObject(3311)]
internal sealed partial class Lamp
{
    [Resource(5850)]
    public partial bool OnOff { get; set; }

    [Resource(5851)]
    public partial byte? Dimmer { get; set; } = 50;

    [Resource(5706)]
    public partial string? Colour { get; private set; }

    [Resource(5820)]
    public double PowerFactor => 0.5;

    public List<string> Events { get; } = [];

    partial void OnOnOffWritten(bool value) => Events.Add(value ? "on" : "off");

    partial void OnColourWriting(string value)
    {
        if (value == "octarine")
            throw new WriteRefusedException("there is no such colour");
        if (!OnOff)
            throw new WriteRefusedException("the lamp is off") { IsNotAllowed = true };
    }
}
