using System.Text;
using Surety.Lwm2m;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>Object definitions in OMA's XML, which an operator drops in at run time.</summary>
internal sealed class ObjectXmlTarget : FuzzTarget
{
    public override string Name => "lwm2m-object-xml";

    public override int MaxLength => 4096;

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "<Object>", "</Object>", "<Item ID=\"1\">", "</Item>", "<ObjectID>", "<Type>Integer</Type>", "<Operations>RW</Operations>", "<RangeEnumeration>0..5</RangeEnumeration>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "&#0;", "<![CDATA[", "]]>", "65536", "-1" }.Select(Encoding.UTF8.GetBytes)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        List<ObjectModel> models = [];
        using var stream = new MemoryStream(input.ToArray());
        bool isRead = Lwm2mObjectXml.TryRead(stream, "1.xml", models, out string? reason);
        Assert.Equal((isRead, isRead), (reason is null, models.Count > 0));
        features.AddText(0, reason ?? "");
        foreach (ObjectModel model in models)
        {
            features.AddAmount(1, model.Resources.Count);
            foreach (ResourceModel resource in model.Resources)
                features.Add(2, ((int)resource.Type << 8) | (int)resource.Operations);
        }

        if (isRead)
            Assert.NotNull(ObjectModelRegistry.Empty.With(models));
    }
}
