using System.Reflection;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>Passes every call on to another, and lets a test change what comes back.</summary>
public class Intercepted<T> : DispatchProxy
    where T : class
{
    private T _target = null!;
    private Func<MethodInfo, object?, object?> _answered = null!;

    /// <summary>Makes one.</summary>
    /// <param name="target">Who answers.</param>
    /// <param name="answered">Given the method and its answer: what the caller gets.</param>
    public static T Of(T target, Func<MethodInfo, object?, object?> answered)
    {
        T proxy = Create<T, Intercepted<T>>();
        (((Intercepted<T>)(object)proxy)._target, ((Intercepted<T>)(object)proxy)._answered) = (target, answered);
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _answered(targetMethod!, targetMethod!.Invoke(_target, args));
}
