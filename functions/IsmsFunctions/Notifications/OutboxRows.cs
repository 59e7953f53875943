using System.Globalization;
using Azure.Data.Tables;
using Isms.Notifications;
using Isms.Text;

namespace IsmsFunctions.Notifications;

/// <summary>How messages lie in the table: the message (<c>m:</c>), its mark while it waits (<c>q:</c>), and its line in the list by time (<c>t:</c>).</summary>
internal static class OutboxRows
{
    public const string Partition = "outbox";

    public static string MessageKey(string id) => "m:" + id;

    public static string QueueKey(string id) => "q:" + id;

    /// <summary>Sorts the newest first, which is the order people look for.</summary>
    public static string TimeKey(OutboxMessage message) =>
        string.Create(CultureInfo.InvariantCulture, $"t:{DateTimeOffset.MaxValue.UtcTicks - message.QueuedAt.UtcTicks:D19}:{message.Id}");

    public static TableEntity Mark(OutboxMessage message) => new(Partition, QueueKey(message.Id))
    {
        ["Recipient"] = message.RecipientId,
        ["Channel"] = message.Channel.ToString(),
        ["Delivery"] = message.Delivery.ToString(),
        ["QueuedAt"] = message.QueuedAt,
        ["DueAt"] = message.DueAt,
    };

    public static QueuedMark ReadMark(TableEntity row) => new(
        row.RowKey[2..],
        row.GetString("Recipient"),
        Enum.Parse<Channel>(row.GetString("Channel")),
        Enum.Parse<Delivery>(row.GetString("Delivery")),
        row.GetDateTimeOffset("QueuedAt")!.Value,
        row.GetDateTimeOffset("DueAt")!.Value);

    public static TableEntity Write(OutboxMessage message, string rowKey) => new(Partition, rowKey)
    {
        ["Id"] = message.Id,
        ["Recipient"] = message.RecipientId,
        ["ToName"] = message.To?.Name,
        ["ToMail"] = message.To?.Mail,
        ["Channel"] = message.Channel.ToString(),
        ["Delivery"] = message.Delivery.ToString(),
        ["SubjectJa"] = message.Subject.Ja,
        ["SubjectEn"] = message.Subject.En,
        ["BodyJa"] = message.Body.Ja,
        ["BodyEn"] = message.Body.En,
        ["FactsJa"] = message.Facts?.Ja,
        ["FactsEn"] = message.Facts?.En,
        ["About"] = message.About,
        ["AttachmentName"] = message.Attachment?.Name,
        ["AttachmentType"] = message.Attachment?.MediaType,
        ["AttachmentContent"] = message.Attachment?.Content,
        ["QueuedAt"] = message.QueuedAt,
        ["DueAt"] = message.DueAt,
        ["State"] = message.State.ToString(),
        ["SettledAt"] = message.SettledAt,
        ["Digest"] = message.DigestId,
        ["Entries"] = message.Entries.Count > 0 ? string.Join('\n', message.Entries) : null,
        ["FailureCode"] = message.Failure?.Code,
        ["FailureDetail"] = message.Failure?.Detail,
    };

    public static OutboxMessage Read(TableEntity row) => new()
    {
        Id = row.GetString("Id"),
        RecipientId = row.GetString("Recipient"),
        To = row.GetString("ToMail") is { } mail ? new Addressee(row.GetString("ToName"), mail) : null,
        Channel = Enum.Parse<Channel>(row.GetString("Channel")),
        Delivery = Enum.Parse<Delivery>(row.GetString("Delivery")),
        Subject = new LocalizedText(row.GetString("SubjectJa"), row.GetString("SubjectEn")),
        Body = new LocalizedText(row.GetString("BodyJa"), row.GetString("BodyEn")),
        Facts = row.GetString("FactsJa") is { } ja ? new LocalizedText(ja, row.GetString("FactsEn")) : null,
        About = row.GetString("About"),
        Attachment = row.GetString("AttachmentName") is { } file ? new MailAttachment(file, row.GetString("AttachmentType"), row.GetString("AttachmentContent")) : null,
        QueuedAt = row.GetDateTimeOffset("QueuedAt")!.Value,
        DueAt = row.GetDateTimeOffset("DueAt")!.Value,
        State = Enum.Parse<MessageState>(row.GetString("State")),
        SettledAt = row.GetDateTimeOffset("SettledAt"),
        DigestId = row.GetString("Digest"),
        Entries = row.GetString("Entries") is { Length: > 0 } entries ? entries.Split('\n') : [],
        Failure = row.GetString("FailureCode") is { } code ? new MessageFailure(code, row.GetString("FailureDetail")) : null,
    };
}
