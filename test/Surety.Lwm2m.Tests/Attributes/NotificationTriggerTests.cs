namespace Surety.Lwm2m.Tests.Attributes;

public sealed class NotificationTriggerTests
{
    [Fact]
    public void Without_attributes_every_change_is_notified_and_nothing_else()
    {
        NotificationTrigger trigger = Start("", 10);
        Assert.Equal(new NotificationDecision(false, false, null), trigger.Sample(10, 1_000));
        Assert.Equal(new NotificationDecision(true, false, null), trigger.Sample(11, 2_000));
        Assert.Equal(new NotificationDecision(false, false, null), trigger.Check(1_000_000));
        Assert.True(trigger.Sample("text", 3_000).IsDue);
        Assert.False(trigger.Sample("text", 4_000).IsDue);
    }

    [Theory]
    // Transport TS 1.2.2, 6.4.4, examples 4 and 5: what is notified from one value to the next.
    [InlineData("gt=45&st=10", 45, 50, true)]
    [InlineData("gt=45&st=10", 38, 49, true)]
    [InlineData("gt=45&st=10", 48, 42, true)]
    [InlineData("gt=45&st=10", 48, 55, false)]
    [InlineData("lt=20&gt=85&st=10", 87, 99, true)]
    [InlineData("lt=20&gt=85&st=10", 87, 96, false)]
    // A threshold is crossed by passing it, both ways; reaching it is not passing it.
    [InlineData("gt=25", 18.5, 26, true)]
    [InlineData("gt=25", 18.5, 25, false)]
    [InlineData("gt=25", 26, 25, true)]
    [InlineData("gt=25", 26, 40, false)]
    [InlineData("lt=5", 10, 4, true)]
    [InlineData("lt=5", 10, 5, false)]
    [InlineData("lt=5", 4, 5, true)]
    [InlineData("lt=5", 4, 1, false)]
    [InlineData("lt=20&gt=85", 50, 60, false)]
    [InlineData("st=10", 50, 59.9, false)]
    [InlineData("st=10", 50, 60, true)]
    [InlineData("st=10", 50, 40, true)]
    [InlineData("gt=25", 18.5, double.NaN, true)]
    public void Thresholds_and_steps_decide(string attributes, double from, double to, bool isDue) =>
        Assert.Equal(isDue, Start(attributes, from).Sample(to, 1_000).IsDue);

    [Fact]
    public void A_threshold_is_crossed_relative_to_the_last_value_sent()
    {
        // draft-ietf-core-conditional-attributes, 3.1.1: no notification as the value goes on rising, one when it falls below again.
        NotificationTrigger trigger = Start("gt=25", 18.5);
        Assert.True(trigger.Sample(26.0, 1_000).IsDue);
        Assert.False(trigger.Sample(30.0, 2_000).IsDue);
        Assert.False(trigger.Sample(25.5, 3_000).IsDue);
        Assert.True(trigger.Sample(24.0, 4_000).IsDue);
        Assert.False(trigger.Sample(10.0, 5_000).IsDue);
    }

    [Fact]
    public void Steps_are_counted_from_the_last_value_sent()
    {
        NotificationTrigger trigger = Start("st=10", 50);
        Assert.False(trigger.Sample(55, 1_000).IsDue);
        Assert.True(trigger.Sample(61, 2_000).IsDue);
        Assert.False(trigger.Sample(55, 3_000).IsDue);
        Assert.True(trigger.Sample(51, 4_000).IsDue);
    }

    [Fact]
    public void Conditions_on_what_is_no_number_are_ignored()
    {
        NotificationTrigger trigger = Start("gt=25&st=10", "a");
        Assert.True(trigger.Sample("b", 1_000).IsDue);
        Assert.True(trigger.Sample(ResourceValue.FromOpaque(new byte[] { 1 }), 2_000).IsDue);
    }

    [Fact]
    public void A_change_within_pmin_waits_for_its_end()
    {
        // draft-ietf-core-conditional-attributes, A.1: pmin=10, 23 and 26 degrees come within it, 26 are sent at its end.
        NotificationTrigger trigger = Start("pmin=10", 18.5);
        Assert.Equal(new NotificationDecision(false, false, 10_000), trigger.Sample(23.0, 4_000));
        Assert.Equal(new NotificationDecision(false, false, 10_000), trigger.Sample(26.0, 9_000));
        Assert.Equal(new NotificationDecision(false, false, 10_000), trigger.Check(9_999));
        Assert.Equal(new NotificationDecision(true, false, null), trigger.Check(10_000));
        Assert.Equal(new NotificationDecision(false, false, null), trigger.Check(20_000));
        Assert.True(trigger.Sample(27.0, 20_000).IsDue);
        Assert.False(trigger.Sample(28.0, 29_000).IsDue);
        Assert.True(trigger.Sample(28.0, 30_000).IsDue);
    }

    [Fact]
    public void A_value_that_is_back_at_the_end_of_pmin_is_no_change()
    {
        NotificationTrigger trigger = Start("pmin=10&gt=25", 18.5);
        Assert.Equal(10_000, trigger.Sample(26.0, 4_000).NextCheck);
        Assert.Null(trigger.Sample(20.0, 6_000).NextCheck);
        Assert.False(trigger.Check(10_000).IsDue);
    }

    [Fact]
    public void Pmax_notifies_although_nothing_changed()
    {
        // draft-ietf-core-conditional-attributes, A.2 and A.4, and ETS 301: no gap is longer than pmax.
        NotificationTrigger trigger = Start("pmax=20&gt=25", 18.5);
        Assert.Equal(new NotificationDecision(false, false, 20_000), trigger.Check(0));
        Assert.Equal(new NotificationDecision(false, false, 20_000), trigger.Sample(23.0, 19_000));
        Assert.Equal(new NotificationDecision(true, false, 40_000), trigger.Check(20_000));
        Assert.Equal(new NotificationDecision(true, false, 47_000), trigger.Sample(26.0, 27_000));
        Assert.Equal(new NotificationDecision(false, false, 47_000), trigger.Check(40_000));
        Assert.True(trigger.Check(47_000).IsDue);
    }

    [Fact]
    public void The_value_that_pmax_sent_is_the_one_that_changes_are_counted_from()
    {
        NotificationTrigger trigger = Start("pmax=20&st=10", 50);
        Assert.False(trigger.Sample(58, 1_000).IsDue);
        Assert.True(trigger.Check(20_000).IsDue);
        Assert.False(trigger.Sample(61, 21_000).IsDue);
        Assert.True(trigger.Sample(68, 22_000).IsDue);
    }

    [Theory]
    // Core TS 1.2.2, Table 7.3.2-1: a pmax of 0, or below pmin, is ignored.
    [InlineData("pmax=0")]
    [InlineData("pmin=20&pmax=10")]
    public void A_pmax_without_meaning_is_ignored(string attributes)
    {
        NotificationTrigger trigger = Start(attributes, 1);
        Assert.Equal(new NotificationDecision(false, false, null), trigger.Check(1_000_000));
        Assert.True(trigger.Sample(2, 1_000_000).IsDue);
    }

    [Fact]
    public void Pmin_equal_to_pmax_is_a_steady_beat()
    {
        NotificationTrigger trigger = Start("pmin=10&pmax=10", 1);
        Assert.False(trigger.Sample(2, 5_000).IsDue);
        Assert.Equal(new NotificationDecision(true, false, 20_000), trigger.Check(10_000));
        Assert.Equal(new NotificationDecision(true, false, 30_000), trigger.Check(20_000));
    }

    [Fact]
    public void Only_the_wanted_edge_is_notified()
    {
        NotificationTrigger rising = Start("edge=1", false);
        Assert.True(rising.Sample(true, 1_000).IsDue);
        Assert.False(rising.Sample(false, 2_000).IsDue);
        Assert.True(rising.Sample(true, 3_000).IsDue);
        Assert.False(rising.Sample(true, 4_000).IsDue);
        NotificationTrigger falling = Start("edge=0", false);
        Assert.False(falling.Sample(true, 1_000).IsDue);
        Assert.True(falling.Sample(false, 2_000).IsDue);
    }

    [Fact]
    public void An_edge_within_pmin_waits_and_is_forgotten_when_the_value_falls_back()
    {
        NotificationTrigger trigger = Start("pmin=10&edge=1", false);
        Assert.Equal(10_000, trigger.Sample(true, 1_000).NextCheck);
        Assert.Equal(10_000, trigger.Sample(true, 2_000).NextCheck);
        Assert.Null(trigger.Sample(false, 3_000).NextCheck);
        Assert.Equal(10_000, trigger.Sample(true, 4_000).NextCheck);
        Assert.True(trigger.Check(10_000).IsDue);
    }

    [Fact]
    public void Values_within_epmin_are_evaluated_at_its_end()
    {
        NotificationTrigger trigger = Start("epmin=10&gt=25", 20);
        Assert.Equal(new NotificationDecision(false, false, 10_000), trigger.Sample(30, 4_000));
        Assert.Equal(new NotificationDecision(false, false, 10_000), trigger.Sample(20, 6_000));
        Assert.Equal(new NotificationDecision(false, false, null), trigger.Check(10_000));
        Assert.Equal(new NotificationDecision(false, false, 20_000), trigger.Sample(30, 12_000));
        Assert.Equal(new NotificationDecision(true, false, null), trigger.Check(20_000));
        Assert.True(trigger.Sample(20, 40_000).IsDue);
    }

    [Fact]
    public void Epmax_asks_for_a_measurement()
    {
        NotificationTrigger trigger = Start("epmax=60&gt=25", 20);
        Assert.Equal(new NotificationDecision(false, false, 60_000), trigger.Check(0));
        Assert.Equal(new NotificationDecision(false, true, 120_000), trigger.Check(60_000));
        Assert.Equal(new NotificationDecision(true, false, 121_000), trigger.Sample(30, 61_000));
        Assert.False(trigger.Check(120_000).NeedsSample);
        Assert.True(trigger.Check(121_000).NeedsSample);
    }

    [Fact]
    public void Changes_of_an_object_are_notified_within_its_periods()
    {
        NotificationTrigger trigger = new(Attributes("pmin=10&pmax=60"), ResourceValue.None, 0);
        Assert.Equal(new NotificationDecision(false, false, 10_000), trigger.Change(1_000));
        Assert.Equal(new NotificationDecision(true, false, 70_000), trigger.Check(10_000));
        Assert.Equal(new NotificationDecision(true, false, 130_000), trigger.Check(70_000));
        Assert.Equal(new NotificationDecision(true, false, 140_000), trigger.Change(80_000));
    }

    [Fact]
    public void Other_attributes_take_effect_from_the_last_notification()
    {
        NotificationTrigger trigger = Start("pmin=100", 1);
        Assert.Equal(100_000, trigger.Sample(2, 5_000).NextCheck);
        Assert.Equal(new NotificationDecision(true, false, 66_000), trigger.SetAttributes(Attributes("pmin=1&pmax=60&con=1"), 6_000));
        Assert.True(trigger.Confirmable);
    }

    private static NotificationTrigger Start(string attributes, ResourceValue value) => new(Attributes(attributes), value, 0);

    private static NotificationAttributes Attributes(string text)
    {
        Assert.True(AttributeChange.TryParse(text.Split('&', StringSplitOptions.RemoveEmptyEntries), out AttributeChange change, out string? reason), reason);
        return change.Set;
    }
}
