using System.Text;
using Surety.Lwm2m;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>The queries of Register and Update (Transport TS 1.2.2, 6.4.3) and of Write-Attributes (Core TS, 7.3): one a line.</summary>
internal sealed class QueriesTarget : FuzzTarget
{
    private static readonly Lwm2mPath[] Paths = [.. new[] { "/3", "/3/0", "/3303/0/5700", "/3/0/6/1" }.Select(p => Lwm2mPath.Parse(p))];

    public override string Name => "lwm2m-queries";

    public override int MaxLength => 600;

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "\n", "ep=", "lt=", "lwm2m=1.2", "b=UQ", "Q", "sms=", "pid=\"6:1,2\"", "et=", "pmin=", "pmax=", "gt=", "lt", "st=", "epmin=", "epmax=", "edge=1", "con=0", "hqmax=5", "-", "4294967295", "1e400", "NaN", "0.1" }.Select(Encoding.UTF8.GetBytes)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        string[] queries = Encoding.UTF8.GetString(input).Split('\n');
        bool isRegistration = RegistrationParameters.TryParse(queries, out RegistrationParameters? parameters, out string? reason);
        Assert.Equal((isRegistration, isRegistration), (parameters is not null, reason is null));
        features.AddText(0, reason ?? "");
        if (parameters is not null)
            CheckParameters(parameters, features);

        bool isChange = AttributeChange.TryParse(queries, out AttributeChange change, out reason);
        Assert.Equal(isChange, reason is null);
        features.AddText(1, reason ?? "");
        if (isChange)
            CheckChange(change, features);
    }

    private static void CheckParameters(RegistrationParameters parameters, FeatureSet features)
    {
        features.Add(2, (parameters.EndpointName is null ? 0 : 1) | (parameters.Lifetime is null ? 0 : 2) | ((int)(parameters.Version ?? (Lwm2mVersion)7) << 2) | (parameters.Bindings is null ? 0 : 32)
            | (parameters.QueueMode ? 64 : 0) | (parameters.SmsNumber is null ? 0 : 128) | (parameters.ProfileIds is null ? 0 : 256));
        features.AddAmount(3, parameters.Others.Count);
        string[] written = [.. parameters.ToQueries()];
        // What LwM2M 1.0 and its successors write differently is read alike.
        Assert.True(RegistrationParameters.TryParse(written, out RegistrationParameters? again, out string? reason), $"{string.Join('&', written)}: {reason}");
        Assert.Equal(written, again.ToQueries());
        Assert.Equal(
            (parameters.EndpointName, parameters.Lifetime, parameters.EnablerVersion, parameters.QueueMode, parameters.SmsNumber, parameters.ProfileIds),
            (again.EndpointName, again.Lifetime, again.EnablerVersion, again.QueueMode, again.SmsNumber, again.ProfileIds));
        Assert.Equal(parameters.Others, again.Others);
    }

    private static void CheckChange(AttributeChange change, FeatureSet features)
    {
        features.Add(4, (int)change.Set.Names);
        features.Add(5, (int)change.Unset);
        Assert.Equal(AttributeNames.None, change.Set.Names & change.Unset);
        Assert.True(AttributeChange.TryParse(change.ToQueries(), out AttributeChange again, out string? reason), $"{string.Join('&', change.ToQueries())}: {reason}");
        Assert.Equal(change, again);
        NotificationAttributes applied = change.ApplyTo(NotificationAttributes.None);
        Assert.Equal(change.Set, applied);
        foreach (Lwm2mPath path in Paths)
        {
            bool isValid = applied.IsValidFor(path, ResourceType.Float, out reason);
            Assert.Equal(isValid, reason is null);
            features.AddText(6, reason ?? "");
            if (isValid)
                Trigger(applied);
        }
    }

    /// <summary>Whatever the attributes, time passes and values change without an endless wait or loop.</summary>
    private static void Trigger(NotificationAttributes attributes)
    {
        var trigger = new NotificationTrigger(attributes, 20.0, 0);
        long now = 0;
        for (int i = 0; i < 20; i++)
        {
            now += 700;
            NotificationDecision decision = i % 3 == 0 ? trigger.Check(now) : trigger.Sample(ResourceValue.FromFloat(i * 7.5 % 40), now);
            Assert.True(decision.NextCheck is null || decision.NextCheck >= now);
        }
    }
}
