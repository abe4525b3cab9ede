using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace CalendarActors.Providers.Outbound;

/// <summary>
/// Tells whether two hosts belong to one owner: the same name, or names under one registrable domain by the Public
/// Suffix List (<c>public_suffix_list.dat</c>, MPL 2.0, embedded as published).
/// </summary>
internal static class RegistrableDomain
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };
    private static readonly Lazy<FrozenSet<string>> Rules = new(Load);

    /// <summary>True when credentials for one host may be sent to the other.</summary>
    public static bool IsSame(Uri one, Uri other)
    {
        string a = one.IdnHost.TrimEnd('.');
        string b = other.IdnHost.TrimEnd('.');
        return string.Equals(a, b, StringComparison.OrdinalIgnoreCase)
            || (Of(a) is { } domain && string.Equals(domain, Of(b), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The registrable domain of a host; null for addresses, single labels and public suffixes themselves.</summary>
    public static string? Of(string host)
    {
        string[] labels = host.TrimEnd('.').ToLowerInvariant().Split('.');
        if (labels.Length < 2 || IPAddress.TryParse(host.Trim('[', ']'), out _) || Array.Exists(labels, l => l.Length == 0))
        {
            return null;
        }

        int suffix = SuffixLength(labels);
        return labels.Length > suffix ? string.Join('.', labels[^(suffix + 1)..]) : null;
    }

    // The longest rule wins, an exception beats it, and a name that no rule knows has a suffix of one label.
    private static int SuffixLength(string[] labels)
    {
        for (int from = 0; from < labels.Length; from++)
        {
            string name = string.Join('.', labels[from..]);
            int length = labels.Length - from;
            if (Rules.Value.Contains($"!{name}"))
            {
                return length - 1;
            }

            if (Rules.Value.Contains(name) || (length > 1 && Rules.Value.Contains($"*.{string.Join('.', labels[(from + 1)..])}")))
            {
                return length;
            }
        }

        return 1;
    }

    private static FrozenSet<string> Load()
    {
        using Stream list = typeof(RegistrableDomain).Assembly.GetManifestResourceStream("public_suffix_list.dat")
            ?? throw new InvalidOperationException("The Public Suffix List is missing from the assembly.");
        using var reader = new StreamReader(list);
        List<string> rules = [];
        while (reader.ReadLine() is { } line)
        {
            string rule = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("");
            if (rule.Length > 0 && !rule.StartsWith("//", StringComparison.Ordinal))
            {
                rules.Add(rule.All(char.IsAscii) ? rule : Ascii(rule));
            }
        }

        return rules.ToFrozenSet(StringComparer.Ordinal);
    }

    private static string Ascii(string rule)
    {
        string prefix = rule.StartsWith('!') ? "!" : rule.StartsWith("*.", StringComparison.Ordinal) ? "*." : "";
        return prefix + Idn.GetAscii(rule[prefix.Length..]);
    }
}
