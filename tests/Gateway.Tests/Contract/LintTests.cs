using System.Diagnostics;
using System.Text.Json.Nodes;
using CalendarActors.Gateway.Tests.Authorization;
using CalendarActors.TestKit.Machine;

namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>The document in the tree under Spectral's whole ruleset for OpenAPI and OWASP's for APIs.</summary>
public sealed class LintTests
{
    private const string Ruleset = "openapi.ruleset.yaml";

    /// <summary>
    /// One run for both documents, because starting the linter is what takes its time. The faults are one for each ruleset and
    /// one of an example: a linter that finds nothing anywhere is no proof.
    /// </summary>
    [NodePackagesFact]
    public async Task Document_WhenLintedBesideOneWithFaults_IsTheOneWithoutFindings()
    {
        JsonNode faulty = JsonNode.Parse(await File.ReadAllTextAsync(ContractDocument.SnapshotPath))!;
        JsonObject operation = faulty["paths"]!["/v1/account"]!["get"]!.AsObject();
        operation.Remove("operationId");
        operation["responses"]!.AsObject().Remove("401");
        operation["responses"]!["200"]!["content"]!["application/json"]!["example"]!["account"]!["scope"] = 7;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lint");
        string path = Path.Combine(folder.FullName, "faulty.json");
        await File.WriteAllTextAsync(path, faulty.ToJsonString());
        try
        {
            (int code, string output) = await LintAsync(ContractDocument.SnapshotPath, path);

            Assert.NotEqual(0, code);
            string[] findings = output.Split('\n');
            foreach (string rule in new[] { "operation-operationId", "oas3-valid-media-example", "owasp:api8:2023-define-error-responses-401" })
            {
                Assert.Contains(findings, line => line.StartsWith(path, StringComparison.Ordinal) && line.Contains(rule, StringComparison.Ordinal));
            }

            Assert.DoesNotContain(findings, line => line.StartsWith(ContractDocument.SnapshotPath, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> LintAsync(params string[] paths)
    {
        string folder = StrictClientTheoryAttribute.Folder;
        ProcessStartInfo start = new(
            Installed.Find("node")!,
            [
                Path.Combine(folder, "node_modules", "@stoplight", "spectral-cli", "dist", "index.js"),
                "lint", "--ruleset", Path.Combine(folder, Ruleset), "--fail-severity", "hint", "--format", "text", .. paths,
            ])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
