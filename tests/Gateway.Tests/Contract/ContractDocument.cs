using System.Text.Encodings.Web;
using System.Text.Json;

namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>The OpenAPI document, as a test reads it.</summary>
internal sealed class ContractDocument
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private ContractDocument(JsonElement root)
    {
        Root = root;
        Schemas = new SchemaReader(root);
        Operations =
        [
            .. root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
                .Select(operation => new ContractOperation(operation.Name.ToUpperInvariant(), path.Name, operation.Value))),
        ];
    }

    /// <summary>The document in the tree.</summary>
    public static string SnapshotPath => Path.Combine(RepositoryRoot, "docs", "openapi.json");

    public JsonElement Root { get; }

    public SchemaReader Schemas { get; }

    public IReadOnlyList<ContractOperation> Operations { get; }

    /// <summary>As the tree keeps it: one member a line.</summary>
    public string Text => JsonSerializer.Serialize(Root, Readable) + "\n";

    public static ContractDocument Parse(string text) => new(JsonElement.Parse(text));

    public static ContractDocument Snapshot() => Parse(File.ReadAllText(SnapshotPath));

    /// <summary>The operation that serves a path; null when none does.</summary>
    public ContractOperation? Find(string method, string path) => Operations
        .Select(operation => (Operation: operation, Fit: operation.Fits(method, path)))
        .Where(candidate => candidate.Fit >= 0)
        .OrderByDescending(candidate => candidate.Fit)
        .Select(candidate => candidate.Operation)
        .FirstOrDefault();

    private static string RepositoryRoot
    {
        get
        {
            DirectoryInfo? root = new(AppContext.BaseDirectory);
            while (root is not null && !File.Exists(Path.Combine(root.FullName, "CalendarActors.sln")))
            {
                root = root.Parent;
            }

            return root?.FullName ?? throw new InvalidOperationException("Tests run inside the project's tree.");
        }
    }
}
