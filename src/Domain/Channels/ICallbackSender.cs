namespace CalendarActors.Domain.Channels;

/// <summary>Calls applications. A port: the edge answers it, guarded like everything that goes out to what strangers typed.</summary>
public interface ICallbackSender
{
    /// <summary>
    /// Posts once. A full waiting room of the same application and host is waited for; the call itself ends within 7 seconds.
    /// </summary>
    /// <param name="request">What to post.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How it ended, whatever happened out there.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<CallbackAnswer> SendAsync(CallbackRequest request, CancellationToken cancellationToken);
}
