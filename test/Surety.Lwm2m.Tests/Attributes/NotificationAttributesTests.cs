namespace Surety.Lwm2m.Tests.Attributes;

public sealed class NotificationAttributesTests
{
    [Theory]
    // Transport TS 1.2.2, 6.4.4; Leshan's tests.
    [InlineData("pmin=1")]
    [InlineData("pmin")]
    [InlineData("pmin=10&pmax=60")]
    [InlineData("gt=45&st=10")]
    [InlineData("gt=85&lt=20&st=10")]
    [InlineData("pmin&pmax=60&gt=2")]
    [InlineData("pmin&pmax&epmin&epmax")]
    [InlineData("gt=-60.55&lt=-60.6")]
    [InlineData("gt=0.0000000000009223372&lt=10000000000000000000&st=10000000000000000000")]
    [InlineData("pmin=5&pmax=60&gt=20.1&lt=10&st=1&epmin=30&epmax=45&edge=1&con=0&hqmax=100")]
    [InlineData("edge=0&con=1")]
    [InlineData("edge&con&hqmax")]
    [InlineData("")]
    public void Queries_are_read_and_written(string text)
    {
        string[] queries = Split(text);
        Assert.True(AttributeChange.TryParse(queries, out AttributeChange change, out string? reason), reason);
        Assert.Equal(queries, change.ToQueries());
    }

    [Theory]
    [InlineData("pmin=")]
    [InlineData("pmin=1.9")]
    [InlineData("pmin=-1.8")]
    [InlineData("pmin=a")]
    [InlineData("pmin= 1")]
    [InlineData("pmin=4294967296")]
    [InlineData("pmax=-2")]
    [InlineData("epmin=4.3")]
    [InlineData("epmax=klmno")]
    [InlineData("lt=")]
    [InlineData("lt=0abc")]
    [InlineData("lt=NaN")]
    [InlineData("gt=0.xyz")]
    [InlineData("gt=1e999")]
    [InlineData("gt=∞")]
    [InlineData("st=-6")]
    [InlineData("st=-6.8")]
    [InlineData("edge=2")]
    [InlineData("edge=true")]
    [InlineData("con=")]
    [InlineData("hqmax=-1")]
    [InlineData("dim=3")]
    [InlineData("ver=1.1")]
    [InlineData("pmin=5&pmin=60")]
    [InlineData("pmin=5&pmin")]
    [InlineData("x")]
    [InlineData("&pmin")]
    public void Malformed_queries_are_refused_with_a_reason(string text)
    {
        Assert.False(AttributeChange.TryParse(text.Split('&'), out AttributeChange change, out string? reason));
        Assert.True(change.Set.IsEmpty);
        Assert.NotEmpty(reason!);
    }

    [Fact]
    public void A_query_has_a_bounded_length() =>
        Assert.False(AttributeChange.TryParse(["gt=" + new string('1', 10_000)], out _, out _));

    [Theory]
    [InlineData("lt=1e3", "lt=1000")]
    [InlineData("gt=+5", "gt=5")]
    [InlineData("st=0.50", "st=0.5")]
    public void Other_forms_of_numbers_are_accepted(string query, string written)
    {
        Assert.True(AttributeChange.TryParse([query], out AttributeChange change, out _));
        Assert.Equal([written], change.ToQueries());
    }

    [Theory]
    [InlineData("/3", null, "pmin=10&pmax=60&con=1&hqmax=5&epmin=1&epmax=2", true)]
    [InlineData("/3/0/9", ResourceType.Integer, "gt=45&lt=5&st=10", true)]
    [InlineData("/3/0/7/1", ResourceType.Float, "lt=45", true)]
    [InlineData("/3/0/9", null, "gt=45", true)]
    [InlineData("/5/0/3", ResourceType.Boolean, "edge=1", true)]
    // Core TS 1.2.2, Table 7.3.2-1: pmax below pmin is ignored, not wrong.
    [InlineData("/3/0/9", ResourceType.Integer, "pmin=50&pmax=49", true)]
    [InlineData("/", null, "pmin=1", false)]
    [InlineData("/3", null, "gt=1", false)]
    [InlineData("/3/0", null, "st=1", false)]
    [InlineData("/3/0", null, "lt=1", false)]
    [InlineData("/3/0", null, "edge=1", false)]
    [InlineData("/3/0/0", ResourceType.String, "gt=1", false)]
    [InlineData("/3/0/9", ResourceType.Integer, "edge=1", false)]
    [InlineData("/3/0/9", ResourceType.Integer, "lt=50&gt=49", false)]
    [InlineData("/3/0/9", ResourceType.Integer, "lt=50&gt=50", false)]
    [InlineData("/3/0/9", ResourceType.Integer, "lt=10&st=2&gt=12", false)]
    [InlineData("/3/0/9", ResourceType.Integer, "lt=10&st=2&gt=14", false)]
    [InlineData("/3/0/9", ResourceType.Integer, "lt=10&st=2&gt=14.1", true)]
    [InlineData("/3/0/9", ResourceType.Integer, "epmin=5&epmax=5", false)]
    [InlineData("/3/0/9", ResourceType.Integer, "epmin=6&epmax=5", false)]
    public void Attributes_fit_their_place_and_each_other(string path, ResourceType? type, string text, bool isValid)
    {
        Assert.True(AttributeChange.TryParse(Split(text), out AttributeChange change, out _));
        Assert.Equal(isValid, change.Set.IsValidFor(Lwm2mPath.Parse(path), type, out string? reason));
        Assert.Equal(isValid, reason is null);
    }

    [Fact]
    public void Lower_levels_override_higher_ones()
    {
        // ETS 261: WA /3?pmin=10&pmax=200, /3/0?pmax=320, /3/0/11/0?pmax=100&epmin=1&epmax=20.
        NotificationAttributes onObject = Parse("pmin=10&pmax=200");
        NotificationAttributes onInstance = Parse("pmax=320");
        NotificationAttributes onResourceInstance = Parse("pmax=100&epmin=1&epmax=20");
        Assert.Equal(";pmin=10;pmax=320", onInstance.Over(onObject).ToString());
        Assert.Equal(";pmin=10;pmax=100;epmin=1;epmax=20", onResourceInstance.Over(onInstance.Over(onObject)).ToString());
        Assert.Same(onObject, NotificationAttributes.None.Over(onObject));
        Assert.Same(onObject, onObject.Over(NotificationAttributes.None));
        NotificationAttributes all = Parse("pmin=1&pmax=2&gt=5&lt=1&st=1&epmin=3&epmax=4&edge=1&con=1&hqmax=6");
        Assert.Equal(all, NotificationAttributes.None.Over(all));
        Assert.Equal(all with { MinimumPeriod = 9 }, Parse("pmin=9").Over(all));
        Assert.Equal(AttributeNames.MinimumPeriod | AttributeNames.MaximumPeriod, onObject.Names);
    }

    [Fact]
    public void A_change_sets_and_unsets()
    {
        Assert.True(AttributeChange.TryParse(["pmin=5", "pmax", "gt"], out AttributeChange change, out _));
        Assert.Equal(";pmin=5;lt=1", change.ApplyTo(Parse("pmin=1&pmax=2&gt=5&lt=1")).ToString());
        Assert.Equal(";pmin=5", change.ApplyTo(NotificationAttributes.None).ToString());
        Assert.True(AttributeChange.TryParse(Split("pmin&pmax&gt&lt&st&epmin&epmax&edge&con&hqmax"), out AttributeChange clear, out _));
        Assert.True(clear.ApplyTo(Parse("pmin=1&pmax=2&gt=5&lt=1&st=1&epmin=3&epmax=4&edge=1&con=1&hqmax=6")).IsEmpty);
    }

    private static NotificationAttributes Parse(string text)
    {
        Assert.True(AttributeChange.TryParse(Split(text), out AttributeChange change, out string? reason), reason);
        return change.Set;
    }

    private static string[] Split(string text) => text.Split('&', StringSplitOptions.RemoveEmptyEntries);
}
