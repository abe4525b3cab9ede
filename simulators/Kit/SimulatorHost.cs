using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CalendarActors.Simulators.Kit;

/// <summary>A provider's web server, on the loopback address unless it is told otherwise: writes requests down and does to them what the script says.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private const int KeptBodyBytes = 64 * 1024;
    private const string FaultKey = "CalendarActors.Simulators.Fault";

    private readonly WebApplication _app;
    private readonly SimulatorHostOptions _options;

    private SimulatorHost(WebApplication app, SimulatorHostOptions options)
    {
        _app = app;
        _options = options;
    }

    /// <summary>The server's address, ending in a slash.</summary>
    public Uri Address => _options.Address ?? new(_app.Urls.First() + "/");

    /// <summary>Starts a server.</summary>
    public static async Task<SimulatorHost> StartAsync(SimulatorHostOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            options.ListensAt, options.Port, listen => listen.Protocols = HttpProtocols.Http1));
        var host = new SimulatorHost(builder.Build(), options);
        host._app.Run(host.HandleAsync);
        await host._app.StartAsync(cancellationToken);
        return host;
    }

    /// <summary>What goes wrong with this request.</summary>
    public static Fault FaultOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items[FaultKey] as Fault ?? Fault.None;
    }

    /// <summary>True when the provider's own fault of this name hit this request.</summary>
    public static bool Hits(HttpContext context, string seam) =>
        string.Equals(FaultOf(context).Seam, seam, StringComparison.Ordinal);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // 1. write the arrival down; 2. choose the fault; 3. let the provider answer into a buffer; 4. send as much as the
    // fault lets through, having written the end down: who has the answer counts at once.
    private async Task HandleAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string requestClass = _options.Classify(request);
        string? caller = _options.Caller(request);
        string path = request.Path.Value ?? "/";
        DateTimeOffset at = _options.Time.GetUtcNow();
        var (sequence, inFlight) = _options.Requests.Arrive(requestClass, caller);
        Fault fault = Fault.None;
        string body = "";
        bool isNoted = false;
        try
        {
            body = await ReadBodyAsync(request, context.RequestAborted);
            context.Items[FaultKey] = fault = _options.Faults.Choose(requestClass);
            await ServeAsync(context, fault, Note);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        finally
        {
            Note(0);
        }

        void Note(int status)
        {
            if (!isNoted)
            {
                isNoted = true;
                _options.Requests.Finish(
                    new(sequence, at, request.Method, path, request.QueryString.Value ?? "", requestClass, caller, inFlight, status, fault)
                    {
                        Body = _options.SecretClasses.Contains(requestClass) ? "" : body,
                    });
            }
        }
    }

    private async Task ServeAsync(HttpContext context, Fault fault, Action<int> note)
    {
        switch (fault.Kind)
        {
            case FaultKind.ResetBefore:
                context.Abort();
                return;
            case FaultKind.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
                return;
            case FaultKind.Slow:
                await Task.Delay(fault.Delay, _options.Time, context.RequestAborted);
                break;
            default:
                break;
        }

        Stream wire = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        if (fault.Kind == FaultKind.Status)
        {
            await AnswerFaultAsync(context, fault);
        }
        else
        {
            await _options.Answer(context);
        }

        context.Response.Body = wire;
        if (fault.Kind is not FaultKind.SlowBody)
        {
            note(context.Response.StatusCode);
        }

        await SendAsync(context, fault, buffer.ToArray());
        note(context.Response.StatusCode);
    }

    private async Task AnswerFaultAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = fault.RetryAfterIsDate
                ? (_options.Time.GetUtcNow() + wait).ToString("R", CultureInfo.InvariantCulture)
                : ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await _options.AnswerFault(context, fault);
    }

    private async Task SendAsync(HttpContext context, Fault fault, byte[] answer)
    {
        HttpResponse response = context.Response;
        if (fault.Kind == FaultKind.LoseAnswer)
        {
            context.Abort();
            return;
        }

        response.Headers.Date = (_options.Time.GetUtcNow() + _options.DateSkew()).ToString("R", CultureInfo.InvariantCulture);
        if (response.StatusCode is 204 or 304)
        {
            return;
        }

        response.ContentLength = answer.Length;
        int half = answer.Length / 2;
        if (fault.Kind is FaultKind.CutAnswer or FaultKind.SlowBody)
        {
            await response.Body.WriteAsync(answer.AsMemory(0, half), context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            if (fault.Kind == FaultKind.CutAnswer)
            {
                // Not aborted, which would also drop what is still on its way: the server closes a connection whose
                // answer is shorter than it said.
                return;
            }

            await Task.Delay(fault.Delay, _options.Time, context.RequestAborted);
            await response.Body.WriteAsync(answer.AsMemory(half), context.RequestAborted);
            return;
        }

        await response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private static async Task<string> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is 0 or null && request.Headers.TransferEncoding.Count == 0)
        {
            return "";
        }

        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        body.Position = 0;
        request.Body = body;
        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)Math.Min(body.Length, KeptBodyBytes));
    }
}
