using System.Reflection;
using CalendarActors.Gateway.Hosting;
using CalendarActors.Grains.Interfaces.Grants;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization.Invocation;

namespace CalendarActors.Gateway.Tests.Hosting;

/// <summary>A silo is lost with a call, or with its answer.</summary>
public sealed class RepeatedCallsTests
{
    private readonly FakeTimeProvider _time = new();

    public static TheoryData<Exception> Losses => new(
        new SiloUnavailableException("gone"), new TimeoutException("no answer"));

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Call_WhenTheSiloIsLostOnce_IsAnsweredByTheNext(Exception loss)
    {
        Call call = new(nameof(IGrantGrain.UpsertEvent), n => n == 1 ? loss : null);

        await RunAsync(call);

        Assert.Equal(2, call.Count);
    }

    [Fact]
    public async Task Call_WhenSilosStayLost_FailsAfterTheDeadline()
    {
        Call call = new(nameof(IGrantGrain.ReadEvents), _ => new SiloUnavailableException("gone"));
        long began = _time.GetTimestamp();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => RunAsync(call));

        TimeSpan lasted = _time.GetElapsedTime(began);
        Assert.InRange(lasted, RepeatedCalls.Deadline - TimeSpan.FromSeconds(2), RepeatedCalls.Deadline);
        Assert.InRange(call.Count, 10, 20);
    }

    [Fact]
    public async Task Call_WhenItTakesATokenThatIsGoodOnce_IsNotMadeAgain()
    {
        Call call = new(nameof(IGrantGrain.Redeem), _ => new TimeoutException("no answer"));

        await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(call));

        Assert.Equal(1, call.Count);
    }

    [Fact]
    public async Task Call_WhenTheGrainRefusesIt_IsNotMadeAgain()
    {
        Call call = new(nameof(IGrantGrain.ReadEvents), _ => new InvalidOperationException("a fault of ours"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(call));

        Assert.Equal(1, call.Count);
    }

    [Fact]
    public void Gateway_WhenItStandsApart_CallsAgain()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("CalendarActors:Storage:Provider", "PostgreSql"),
            new("CalendarActors:Storage:ConnectionString", "Host=nowhere.test"),
            new("CalendarActors:Cluster:Mode", "AdoNet"),
        ]);

        builder.AddClusterClient();

        Assert.Contains(
            builder.Services,
            s => s.ServiceType == typeof(IOutgoingGrainCallFilter) && s.ImplementationType == typeof(RepeatedCalls));
    }

    // Without the test's context each pause goes on within the step of the clock that ends it, and before the next.
    private Task RunAsync(Call call)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Task running = new RepeatedCalls(_time).Invoke(call);
            while (!running.IsCompleted)
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
            }

            return running;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private sealed class Call(string method, Func<int, Exception?> failure) : IOutgoingGrainCallContext
    {
        public int Count { get; private set; }

        public MethodInfo InterfaceMethod => typeof(IGrantGrain).GetMethod(method)!;

        public IInvokable Request => throw new NotSupportedException();

        public object Grain => throw new NotSupportedException();

        public object? Result { get; set; }

        public Response? Response { get; set; }

        public GrainId? SourceId => null;

        public GrainId TargetId => default;

        public GrainInterfaceType InterfaceType => default;

        public string InterfaceName => nameof(IGrantGrain);

        public string MethodName => method;

        public IGrainContext? SourceContext => null;

        public Task Invoke()
        {
            Count++;
            return failure(Count) is { } loss ? Task.FromException(loss) : Task.CompletedTask;
        }
    }
}
