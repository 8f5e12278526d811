using Surety.Device;

namespace TemperatureSensor;

/// <summary>The Object Temperature of OMA's registry.</summary>
[Lwm2mObject(3303)]
public sealed partial class Temperature
{
    [Resource(5700, Unit = "Cel")]
    public partial double SensorValue { get; private set; }

    [Resource(5601)]
    public partial double? MinMeasuredValue { get; private set; }

    [Resource(5602)]
    public partial double? MaxMeasuredValue { get; private set; }

    [Resource(5750)]
    public partial string? ApplicationType { get; set; } = "Living room";

    /// <summary>What the sensor has measured. Whoever observes several of these values gets one notification.</summary>
    public void Take(double value)
    {
        using (this.BeginChanges())
        {
            SensorValue = value;
            MinMeasuredValue = Math.Min(MinMeasuredValue ?? value, value);
            MaxMeasuredValue = Math.Max(MaxMeasuredValue ?? value, value);
        }
    }

    [Resource(5605)]
    public void ResetMinAndMaxMeasuredValues() => MinMeasuredValue = MaxMeasuredValue = SensorValue;

    partial void OnApplicationTypeWriting(string value)
    {
        if (value.Length > 40)
            throw new WriteRefusedException("an application type has at most 40 characters");
    }

    partial void OnApplicationTypeWritten(string value) => Console.WriteLine($"This is the {value} now");
}
