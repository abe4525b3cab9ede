using Microsoft.AspNetCore.Http;

namespace CalendarActors.TestKit;

/// <summary>A server that has a request and never answers it.</summary>
public static class Hanging
{
    /// <summary>Returns once whoever asked has given up.</summary>
    public static async Task UntilGivenUpAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        TaskCompletionSource givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = context.RequestAborted.Register(givenUp.SetResult);
        await givenUp.Task;
    }
}
