namespace CalendarActors.Silo.Owed;

internal sealed partial class OwedWorkSweep
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Woke {Count} grains whose owed work was resting")]
    private partial void LogWoken(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking for owed work failed; the next sweep tries again")]
    private partial void LogSweepFailed(Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waking {GrainKey} for {StateName} failed; a later sweep tries again")]
    private partial void LogWakeFailed(Exception fault, string stateName, string grainKey);
}
