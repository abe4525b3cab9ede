using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Attachments;

namespace CalendarActors.Gateway.Attachments;

/// <summary>Reads files that are uploaded, and the ids of those that an event gets.</summary>
internal static class AttachmentWire
{
    private const int MaxType = 255;
    private const int MaxId = 80;

    /// <summary>The file; null when anything about it is wrong.</summary>
    public static AttachmentContent? Read(RequestField root, int maxBytes, RequestFaults faults)
    {
        RequestField attachment = root["attachment"];
        if (attachment.Require() && attachment.ExpectObject())
        {
            string? name = Name(attachment["file_name"]);
            string? type = Type(attachment["content_type"]);
            if (name is not null && type is not null && !AttachmentRules.IsNamedAs(name, type))
            {
                attachment["file_name"].Fault(FieldKeys.InvalidFormat, "must end as names of files of its content_type do");
            }

            RequestField content = attachment["base64_content"];
            ImmutableArray<byte>? bytes = content.Require() ? content.Bytes(maxBytes) : null;
            RefuseInteractions(root["subscriptions"]);
            return faults.Any ? null : new AttachmentContent(name!, type!, bytes!.Value);
        }

        return null;
    }

    /// <summary>The ids of the attachments that an event is to have.</summary>
    public static Change<ImmutableArray<string>> Ids(RequestField field)
    {
        if (field.Items(AttachmentRules.PerEvent) is not { } items)
        {
            return Change<ImmutableArray<string>>.Keep;
        }

        var ids = ImmutableArray.CreateBuilder<string>();
        foreach (RequestField item in items)
        {
            RequestField id = item["attachment_id"];
            if (item.ExpectObject() && id.Require() && id.Text(MaxId) is { } text)
            {
                if (!GrainKeys.IsAttachment(text))
                {
                    id.Fault(FieldKeys.NotRecognized, "there is no such attachment of this application, or no longer");
                }

                ids.Add(text);
            }
        }

        return Change<ImmutableArray<string>>.To([.. ids.Distinct(StringComparer.Ordinal)]);
    }

    private static string? Name(RequestField field)
    {
        if (!field.Require() || field.Text(AttachmentRules.FileName) is not { } name)
        {
            return null;
        }

        if (AttachmentRules.IsFileName(name))
        {
            return name;
        }

        field.Fault(FieldKeys.InvalidFormat, "must be a file's name with an ending, without / \\ : * ? \" < > | ; and no blank or dot at its ends");
        return null;
    }

    private static string? Type(RequestField field)
    {
        if (!field.Require() || field.Text(MaxType) is not { } text)
        {
            return null;
        }

        string? type = AttachmentRules.TypeOf(text);
        if (type is null)
        {
            field.Fault(FieldKeys.NotRecognized, $"must be one of {string.Join(", ", AttachmentRules.ContentTypes)}");
        }

        return type;
    }

    // They tell of a scan, and there is none.
    private static void RefuseInteractions(RequestField subscriptions)
    {
        if (subscriptions.Items(int.MaxValue) is { Count: > 0 })
        {
            subscriptions.Fault(FieldKeys.NotSupported, "not supported by this service: an attachment that is stored is approved");
        }
    }
}
