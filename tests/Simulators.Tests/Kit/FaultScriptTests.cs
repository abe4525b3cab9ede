using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Tests.Kit;

public sealed class FaultScriptTests
{
    [Fact]
    public void Script_WhenTheSeedIsTheSame_ChoosesTheSame() =>
        Assert.Equal(Choices(seed: 7), Choices(seed: 7));

    [Fact]
    public void Script_WhenTheSeedIsAnother_ChoosesOthers() =>
        Assert.NotEqual(Choices(seed: 7), Choices(seed: 8));

    [Fact]
    public void Chance_WhenItIsOneInFour_HitsAboutThat() =>
        Assert.InRange(Choices(seed: 7).Count(fault => fault.Status == 503), 200, 300);

    [Fact]
    public void Chance_WhenForOneClass_IsNotShiftedByOthers()
    {
        FaultScript alone = Scripted(3), mixed = Scripted(3);

        Fault[] expected = [.. Enumerable.Range(0, 50).Select(_ => alone.Choose("listing"))];
        Fault[] actual = [.. Enumerable.Range(0, 50).Select(_ =>
        {
            mixed.Choose("write");
            return mixed.Choose("listing");
        })];

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void NthCall_WhenReached_GetsItsFaultOnce()
    {
        var script = new FaultScript(1);
        script.OnCall("write", 2, Fault.ResetBefore);

        Assert.Equal(
            [FaultKind.None, FaultKind.ResetBefore, FaultKind.None],
            Enumerable.Range(0, 3).Select(_ => script.Choose("write").Kind));
    }

    [Fact]
    public void Next_WhenSeveral_AreUsedUpInOrderByTheirClassOnly()
    {
        var script = new FaultScript(1);
        script.Next("write", Fault.LoseAnswer, Fault.None, Fault.Hang);

        Assert.Equal(FaultKind.None, script.Choose("get").Kind);
        Assert.Equal(
            [FaultKind.LoseAnswer, FaultKind.None, FaultKind.Hang, FaultKind.None],
            Enumerable.Range(0, 4).Select(_ => script.Choose("write").Kind));
    }

    [Fact]
    public void AnyRequest_WhenScripted_CountsEveryClass()
    {
        var script = new FaultScript(1);
        script.OnCall(FaultScript.AnyRequest, 2, Fault.Answer(500));
        script.Choose("get");

        Assert.Equal(500, script.Choose("write").Status);
    }

    [Fact]
    public void Seam_WhenChosen_ActsBeforeTheRequest()
    {
        int acted = 0;
        var script = new FaultScript(1);
        script.Register("fall over", () => acted++);
        script.Next("get", Fault.OfProvider("fall over"));

        Assert.Equal("fall over", script.Choose("get").Seam);
        Assert.Equal(1, acted);
    }

    [Fact]
    public void Seam_WhenUnknown_IsRefusedWhenScripted() =>
        Assert.Throws<ArgumentException>(() => new FaultScript(1).Next("get", Fault.OfProvider("no such thing")));

    [Fact]
    public void Script_WhenCleared_LetsEverythingThrough()
    {
        FaultScript script = Scripted(1);
        script.Next("listing", Fault.Hang);
        script.Clear();

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(Fault.None, script.Choose("listing")));
    }

    private static Fault[] Choices(int seed)
    {
        FaultScript script = Scripted(seed);
        return [.. Enumerable.Range(0, 1000).Select(_ => script.Choose("listing"))];
    }

    private static FaultScript Scripted(int seed)
    {
        var script = new FaultScript(seed);
        script.Randomly("listing", 0.25, Fault.Answer(503));
        return script;
    }
}
