using System.Diagnostics;
using System.Text.Json.Nodes;
using CalendarActors.Gateway.Tests.Authorization;
using CalendarActors.TestKit.Machine;

namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>The document in the tree under Spectral's whole ruleset for OpenAPI and OWASP's for APIs.</summary>
public sealed class LintTests
{
    private const string Ruleset = "openapi.ruleset.yaml";

    [NodePackagesFact]
    public async Task Document_WhenLintedStrictly_HasNoFindings()
    {
        (int code, string output) = await LintAsync(ContractDocument.SnapshotPath);

        Assert.True(code == 0, output);
    }

    /// <summary>One fault for each of the two rulesets: a linter that finds nothing anywhere is no proof.</summary>
    [NodePackagesFact]
    public async Task Document_WithFaultsPlanted_IsRefused()
    {
        JsonNode document = JsonNode.Parse(await File.ReadAllTextAsync(ContractDocument.SnapshotPath))!;
        JsonObject operation = document["paths"]!["/v1/account"]!["get"]!.AsObject();
        operation.Remove("operationId");
        operation["responses"]!.AsObject().Remove("401");
        operation["responses"]!["200"]!["content"]!["application/json"]!["example"]!["account"]!["scope"] = 7;
        string path = Path.Combine(Directory.CreateTempSubdirectory("lint").FullName, "openapi.json");
        await File.WriteAllTextAsync(path, document.ToJsonString());
        try
        {
            (int code, string output) = await LintAsync(path);

            Assert.NotEqual(0, code);
            Assert.Contains("operation-operationId", output, StringComparison.Ordinal);
            Assert.Contains("oas3-valid-media-example", output, StringComparison.Ordinal);
            Assert.Contains("owasp:api8:2023-define-error-responses-401", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> LintAsync(string path)
    {
        string folder = StrictClientTheoryAttribute.Folder;
        ProcessStartInfo start = new(
            Installed.Find("node")!,
            [
                Path.Combine(folder, "node_modules", "@stoplight", "spectral-cli", "dist", "index.js"),
                "lint", "--ruleset", Path.Combine(folder, Ruleset), "--fail-severity", "hint", "--format", "text", path,
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
