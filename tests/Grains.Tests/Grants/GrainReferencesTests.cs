using System.Reflection;
using CalendarActors.Grains.Grants;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Persons;
using CalendarActors.Grains.Sync;

namespace CalendarActors.Grains.Tests.Grants;

public sealed class GrainReferencesTests
{
    public static TheoryData<Func<IGrainFactory, object?>, Type, Type> References => new()
    {
        { grains => grains.Grant("key"), typeof(GrantGrain), typeof(IGrantGrain) },
        { grains => grains.Person("key"), typeof(PersonGrain), typeof(IPersonGrain) },
        { grains => grains.Calendar("key"), typeof(CalendarGrain), typeof(ICalendarGrain) },
    };

    [Theory]
    [MemberData(nameof(References))]
    public void Reference_WhenMadeByName_NamesWhatTheAttributesName(
        Func<IGrainFactory, object?> make, Type grain, Type contract)
    {
        IGrainFactory factory = DispatchProxy.Create<IGrainFactory, RecordingFactory>();
        make(factory);

        (GrainId id, GrainInterfaceType type) = ((RecordingFactory)factory).Asked;
        Assert.Equal(grain.GetCustomAttribute<GrainTypeAttribute>()!.GetGrainType(null!, grain), id.Type);
        Assert.Equal(contract.GetCustomAttribute<GrainInterfaceTypeAttribute>()!.GetGrainInterfaceType(null!, contract), type);
        Assert.Equal("key", id.Key.ToString());
    }

#pragma warning disable CA1852 // The proxy derives from it.
    internal class RecordingFactory : DispatchProxy
#pragma warning restore CA1852
    {
        public (GrainId Id, GrainInterfaceType Type) Asked { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Asked = ((GrainId)args![0]!, (GrainInterfaceType)args[1]!);
            return null;
        }
    }
}
