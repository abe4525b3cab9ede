using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.Options;

namespace CalendarActors.Standalone;

/// <summary>Tells the operator where the keys are, loudly when they were made by this start.</summary>
internal sealed partial class FirstStartNote(
    GeneratedKeys keys, IOptions<PublicUrlOptions> publicUrl, Sandbox sandbox, ILogger<FirstStartNote> logger) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (keys.Made.Count > 0)
        {
            string files = string.Join(", ", keys.Made);
            LogKeysMade(files);
        }

        string operatorKey = keys.SourceOf(KeyFiles.Operator);
        LogServing(publicUrl.Value.Base, operatorKey);
        if (sandbox is { GooglePage: { } google, MicrosoftPage: { } microsoft })
        {
            LogSandbox(google, microsoft);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "KEYS WERE GENERATED: {Files}. BACK THEM UP apart from the database: without master.key no stored login can be "
        + "opened, without id.key every account id changes")]
    private partial void LogKeysMade(string files);

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving {PublicUrl}; operator key: {OperatorKey}")]
    private partial void LogServing(string publicUrl, string operatorKey);

    [LoggerMessage(Level = LogLevel.Information, Message =
        "Sandbox: edit the events of the simulated Google at {GooglePage} and of the simulated Microsoft at {MicrosoftPage}; "
        + "both forget everything at the end of this process")]
    private partial void LogSandbox(Uri googlePage, Uri microsoftPage);
}
