using CalendarActors.TestKit.Machine;

namespace CalendarActors.Gateway.Tests.Authorization;

/// <summary>A test that needs node and the packages of <c>tests/Gateway.Tests/node</c>, which <c>eng/test.sh</c> installs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StrictClientTheoryAttribute : TheoryAttribute
{
    public StrictClientTheoryAttribute()
    {
        bool isThere = Installed.Find("node") is not null && Directory.Exists(Path.Combine(Folder, "node_modules"));
        Skip = isThere || Installed.IsContinuousIntegration ? null : "node or its packages are not installed: run eng/test.sh";
    }

    /// <summary>Where the script is.</summary>
    public static string Folder
    {
        get
        {
            DirectoryInfo? root = new(AppContext.BaseDirectory);
            while (root is not null && !File.Exists(Path.Combine(root.FullName, "CalendarActors.sln")))
            {
                root = root.Parent;
            }

            return Path.Combine(root!.FullName, "tests", "Gateway.Tests", "node");
        }
    }
}
