using CalendarActors.Silo.Hosting;

namespace CalendarActors.Silo.Tests.Hosting;

public sealed class DataDirectoryClaimTests : IDisposable
{
    private readonly string _folder = Path.Combine(
        System.IO.Directory.CreateTempSubdirectory("calendaractors-claim").FullName, "data");

    public void Dispose() => System.IO.Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void Take_WhenAnotherHasIt_RefusesUntilItIsGivenBack()
    {
        var options = new DataDirectoryOptions { DataDirectory = _folder };
        using (DataDirectoryClaim.Take(options))
        {
            StartRefusedException refusal = Assert.Throws<StartRefusedException>(() => DataDirectoryClaim.Take(options));
            Assert.Contains("another CalendarActors process uses it", refusal.Message, StringComparison.Ordinal);
        }

        DataDirectoryClaim.Take(options).Dispose();
    }

    [Fact]
    public void Take_WhenTheFolderIsMissing_MakesItForThisUserOnly()
    {
        using var claim = DataDirectoryClaim.Take(new DataDirectoryOptions { DataDirectory = _folder });

        Assert.Equal(_folder, claim.Path);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        }
    }
}
