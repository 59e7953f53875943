using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Year;

/// <summary>The duties of a year: data, read strictly, so that a mistake in it is found before a plan is made from it.</summary>
public sealed partial record PlanCatalogue(IReadOnlyList<PlanDuty> Duties)
{
    /// <summary>Ids become parts of item ids, evidence ids and paths.</summary>
    private const int LongestId = 40;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The catalogue that comes with the product.</summary>
    public static PlanCatalogue Standard { get; } = LoadStandard();

    /// <summary>The duty of this id, or null.</summary>
    public PlanDuty? Find(string id) => Duties.FirstOrDefault(d => d.Id == id);

    /// <summary>Reads a catalogue.</summary>
    /// <exception cref="JsonException">It is not JSON, or not of the shape of a catalogue.</exception>
    /// <exception cref="InvalidDataException">It breaks a rule; the message names the duty.</exception>
    public static PlanCatalogue Parse(string json)
    {
        var catalogue = JsonSerializer.Deserialize<PlanCatalogue>(json, Strict) ?? throw new InvalidDataException("The plan catalogue is null.");
        var duplicate = catalogue.Duties.GroupBy(d => d.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (duplicate is not null)
        {
            throw new InvalidDataException($"{duplicate.Key}: the id is used twice.");
        }

        foreach (var duty in catalogue.Duties)
        {
            if (BrokenRule(duty) is { } rule)
            {
                throw new InvalidDataException($"{duty.Id}: {rule.En}");
            }
        }

        return catalogue;
    }

    /// <summary>The rule that a duty breaks, for people to read; null for none.</summary>
    internal static LocalizedText? BrokenRule(PlanDuty duty) => duty switch
    {
        _ when !PlainId().IsMatch(duty.Id) || duty.Id.Length > LongestId => Rule("id-not-plain"),
        _ when string.IsNullOrWhiteSpace(duty.Title.Ja) || string.IsNullOrWhiteSpace(duty.Title.En) => Rule("title-missing"),
        _ when duty.FirstMonth is < 1 or > 12 || duty.LastMonth is < 1 or > 12 || duty.FirstMonth > duty.LastMonth => Rule("window-outside-the-year"),
        { Repeats: Repetition.Quarterly } when duty.FirstMonth % 3 != 1 || duty.LastMonth % 3 != 0 => Rule("quarters-not-whole"),
        _ when duty.Clauses.FirstOrDefault(c => Catalogues.Standard.FindInOutline(c) is null) is { } clause => Rule("clause-unknown", clause),
        _ when duty.Controls.FirstOrDefault(c => Catalogues.Standard.FindControl(c) is null) is { } control => Rule("control-unknown", control),
        { Work: { } work } when !PlainId().IsMatch(work) => Rule("work-not-plain", work),
        { Records: [] } => Rule("record-missing"),
        _ when duty.Records.FirstOrDefault(r => !PlainId().IsMatch(r.Key)) is { } record => Rule("record-key-not-plain", record.Key),
        _ when duty.Records.GroupBy(r => r.Key).Any(g => g.Count() > 1) => Rule("record-demanded-twice"),
        { PerDepartment: true } when duty.Responsible != Role.DepartmentLead => Rule("department-not-its-leads"),
        _ when duty.Approver == duty.Responsible => Rule("approves-own-work"),
        _ => null,
    };

    private static LocalizedText Rule(string name, params ReadOnlySpan<object?> arguments) => Texts.Get("plan-duty." + name, arguments);

    private static PlanCatalogue LoadStandard()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Isms.Year.plan-catalogue.data.json")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex PlainId();
}
