using Xunit.Abstractions;
using Xunit.Sdk;

namespace CalendarActors.TestKit.Machine;

/// <summary>A test case that looks at its class to know whether the machine can run it.</summary>
public sealed class SuiteFactTestCase : XunitTestCase
{
    /// <summary>For xunit, which sends test cases between processes.</summary>
    [Obsolete("Called by xunit only.")]
    public SuiteFactTestCase()
    {
    }

    internal SuiteFactTestCase(
        IMessageSink diagnosticMessageSink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod testMethod)
        : base(diagnosticMessageSink, display, options, testMethod)
    {
    }

    /// <inheritdoc/>
    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsProgramsAttribute)).FirstOrDefault() is { } needs
            ? Installed.SkipReason([.. needs.GetNamedArgument<IReadOnlyList<string>>(nameof(NeedsProgramsAttribute.Programs))])
            : null;
}
