using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CalendarActors.TestKit.CalDavServers;

/// <summary>Cyrus: what Fastmail runs; stores verbatim, truncates reports, schedules.</summary>
/// <remarks>Started as root; it drops to its own user by itself and reaches its folder as that user.</remarks>
public sealed class CyrusServer() : CalDavServer("cyrus")
{
    private readonly int _imapPort = LoopbackPort.Free();

    /// <inheritdoc/>
    public override Uri Home => new(Address, $"/dav/calendars/user/{UserName}/");

    /// <inheritdoc/>
    protected override async Task<ServerProcess> LaunchAsync()
    {
        string master = Program("cyrmaster");
        string programs = Path.GetDirectoryName(Program("httpd"))!;
        string imapd = Path.Combine(Folder, "imapd.conf");
        string cyrus = Path.Combine(Folder, "cyrus.conf");
        foreach (string folder in new[] { "var/db", "var/socket", "var/proc", "var/lock", "spool", "sieve" })
        {
            Directory.CreateDirectory(Path.Combine(Folder, folder));
        }

        await File.WriteAllTextAsync(imapd, $"""
            configdirectory: {Folder}/var
            proc_path: {Folder}/var/proc
            mboxname_lockpath: {Folder}/var/lock
            defaultpartition: default
            partition-default: {Folder}/spool
            sievedir: {Folder}/sieve
            unixhierarchysep: yes
            altnamespace: no
            autocreate_quota: 0
            httpmodules: caldav
            allowplaintext: yes
            servername: localhost
            sasl_pwcheck_method: auxprop
            sasl_auxprop_plugin: sasldb
            sasl_sasldb_path: {Folder}/sasldb2
            sasl_mech_list: PLAIN

            """);
        await File.WriteAllTextAsync(cyrus, $$"""
            START {
              recover cmd="{{programs}}/ctl_cyrusdb -C {{imapd}} -r"
            }
            SERVICES {
              imap cmd="{{programs}}/imapd -C {{imapd}}" listen="127.0.0.1:{{_imapPort}}" prefork=0
              http cmd="{{programs}}/httpd -C {{imapd}}" listen="127.0.0.1:{{Port}}" prefork=0
            }
            EVENTS {
              checkpoint cmd="{{programs}}/ctl_cyrusdb -C {{imapd}} -c" period=30
            }

            """);
        await ServerProcess.RunAsync(
            Program("saslpasswd2"), ["-p", "-c", "-f", $"{Folder}/sasldb2", "-u", "localhost", UserName], Password);
        await ServerProcess.RunAsync("/bin/chown", ["-R", "cyrus:mail", Folder]);
        return ServerProcess.Start(master, "-C", imapd, "-M", cyrus, "-p", Path.Combine(Folder, "master.pid"));
    }

    /// <summary>A first login over IMAP makes the person's home.</summary>
    protected override async Task StartedAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _imapPort);
        NetworkStream stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await reader.ReadLineAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"a LOGIN {UserName} \"{Password}\"\r\n"));
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("a ", StringComparison.Ordinal))
            {
                if (!line.StartsWith("a OK", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"Cyrus refused the login: {line}");
                }

                return;
            }
        }
    }
}
