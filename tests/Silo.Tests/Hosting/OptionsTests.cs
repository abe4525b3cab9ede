using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CalendarActors.Silo.Tests.Hosting;

/// <summary>Every refusal names the key that is wrong and what to set.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData("Storage:Provider=PostgreSql", "CalendarActors__Storage__ConnectionString")]
    [InlineData("Storage:ConnectionString=Datei=x", "CalendarActors__Storage__ConnectionString")]
    [InlineData("Secrets:KeyStore:ConnectionString=Datei=x", "CalendarActors__Secrets__KeyStore__ConnectionString")]
    [InlineData("Cluster:Mode=AdoNet", "CalendarActors__Storage__Provider")]
    [InlineData("Cluster:ClusterId=", "CalendarActors__Cluster__ClusterId")]
    [InlineData("Cluster:SiloName=silo-1.silo-1.silo-1.silo-1.silo-1.silo-1.silo-1.silo-1.silo-1.silo-1.silo-1.silo-1.silo-1.silo-1.silo-1", "CalendarActors__Cluster__SiloName")]
    [InlineData("Cluster:SiloPort=0", "CalendarActors__Cluster__SiloPort")]
    [InlineData("Cluster:SiloPort=70000", "CalendarActors__Cluster__SiloPort")]
    [InlineData("Cluster:GatewayPort=-1", "CalendarActors__Cluster__GatewayPort")]
    [InlineData("Cluster:AdvertisedAddress=node-1", "CalendarActors__Cluster__AdvertisedAddress")]
    [InlineData("PublicUrl=", "CalendarActors__PublicUrl")]
    [InlineData("PublicUrl=calendars.example.com", "CalendarActors__PublicUrl")]
    [InlineData("PublicUrl=ftp://calendars.example.com", "CalendarActors__PublicUrl")]
    [InlineData("PublicUrl=https://u:p@calendars.example.com", "CalendarActors__PublicUrl")]
    [InlineData("PublicUrl=https://calendars.example.com/?a=b", "CalendarActors__PublicUrl")]
    [InlineData("PublicUrl=https://example.com/calendars/", "CalendarActors__PublicUrl to https://example.com or another host")]
    [InlineData("DataDirectory=", "CalendarActors__DataDirectory")]
    [InlineData("DataDirectory=/etc/passwd", "CalendarActors__DataDirectory")]
    [InlineData("Secrets:MasterKeys:0=c2hvcnQ=", "openssl rand -base64 32")]
    [InlineData("Secrets:IdKey=", "CalendarActors__Secrets__IdKey")]
    [InlineData("Telemetry:Endpoint=collector:4317", "CalendarActors__Telemetry__Endpoint")]
    [InlineData("Telemetry:TracePercent=101", "CalendarActors__Telemetry__TracePercent")]
    public void Start_WithAWrongSetting_RefusesAndNamesTheRemedy(string setting, string remedy)
    {
        string[] parts = setting.Split('=', 2);
        using IHost host = Build(($"CalendarActors:{parts[0]}", parts[1]));

        IReadOnlyList<string> failures = Failures(host);

        Assert.Contains(failures, f => f.Contains(remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void Silo_WhenNamed_HasThatName()
    {
        using IHost host = Build(("CalendarActors:Cluster:SiloName", "silo-7"));

        Assert.Equal("silo-7", host.Services.GetRequiredService<IOptions<SiloOptions>>().Value.SiloName);
    }

    [Fact]
    public void Start_WithSeveralWrongSettings_TellsThemAll()
    {
        using IHost host = Build(
            ("CalendarActors:Cluster:SiloPort", "0"), ("CalendarActors:PublicUrl", ""), ("CalendarActors:Secrets:IdKey", ""));

        Assert.Equal(3, Failures(host).Count);
    }

    [Theory]
    [InlineData("Storage:Provider=Oracle", "CalendarActors__Storage__Provider to Sqlite or PostgreSql")]
    [InlineData("Cluster:Mode=Redis", "CalendarActors__Cluster__Mode to Localhost or AdoNet")]
    [InlineData("Cluster:SiloPort=many", "CalendarActors__Cluster__SiloPort to a number")]
    [InlineData("Telemetry:Protocol=Json", "CalendarActors__Telemetry__Protocol to Grpc or HttpProtobuf")]
    public void Compose_WithAWordThatIsNone_RefusesAndNamesTheRemedy(string setting, string remedy)
    {
        string[] parts = setting.Split('=', 2);

        OptionsValidationException wrong = Assert.Throws<OptionsValidationException>(
            () => Build(($"CalendarActors:{parts[0]}", parts[1])));

        Assert.Contains(wrong.Failures, f => f.Contains(remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void DemandCluster_WithLocalhost_PointsToStandalone()
    {
        var services = new ServiceCollection();
        services.DemandCluster("src/Silo");
        services.AddSharedHostingOptions(new ConfigurationBuilder().Build());
        using ServiceProvider provider = services.BuildServiceProvider();

        OptionsValidationException wrong = Assert.Throws<OptionsValidationException>(
            () => provider.GetRequiredService<IOptions<NodeOptions>>().Value);

        Assert.Contains("src/Standalone", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://calendars.example.com/", "https://calendars.example.com", true)]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080", false)]
    public void PublicUrl_WithOrWithoutSlash_HasOneBase(string url, string expected, bool https)
    {
        var options = new PublicUrlOptions { PublicUrl = url };

        Assert.Empty(options.Problems());
        Assert.Equal((expected, https), (options.Base, options.IsHttps));
    }

    [Fact]
    public void AddDefaults_WhenTheKeyIsConfigured_KeepsWhatIsConfigured()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection([KeyValuePair.Create("a", (string?)"configured")]);

        configuration.AddDefaults(("a", "default"), ("b", "default"));

        Assert.Equal(("configured", "default"), (configuration["a"]!, configuration["b"]!));
    }

    /// <summary>As <see cref="NodeProcess"/> asks before it starts.</summary>
    private static IReadOnlyList<string> Failures(IHost host)
        => Assert.ThrowsAny<Exception>(() => host.Services.GetRequiredService<IStartupValidator>().Validate()) switch
        {
            OptionsValidationException one => [.. one.Failures],
            AggregateException several =>
                [.. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(e => e.Failures)],
            Exception other => throw new InvalidOperationException("It refused for another reason.", other),
        };

    private static IHost Build(params (string Key, string Value)[] settings)
        => SiloHost.Build(new DatabasePlace(StorageProvider.Sqlite, "", "/nonexistent/calendaractors"), settings);
}
