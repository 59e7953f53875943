using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Isms.Organizations;

namespace Isms.Year;

/// <summary>The duties of a year: data, read strictly, so that a mistake in it is found before a plan is made from it.</summary>
public sealed partial record PlanCatalogue(IReadOnlyList<PlanDuty> Duties)
{
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
                throw new InvalidDataException($"{duty.Id}: {rule}");
            }
        }

        return catalogue;
    }

    private static string? BrokenRule(PlanDuty duty) => duty switch
    {
        _ when !PlainId().IsMatch(duty.Id) => "the id is not lower-case letters, digits and hyphens.",
        _ when string.IsNullOrWhiteSpace(duty.Title.Ja) || string.IsNullOrWhiteSpace(duty.Title.En) => "the title is missing in a language.",
        _ when duty.FirstMonth is < 1 or > 12 || duty.LastMonth is < 1 or > 12 || duty.FirstMonth > duty.LastMonth => "the window is not within months 1–12.",
        { Repeats: Repetition.Quarterly } when duty.FirstMonth % 3 != 1 || duty.LastMonth % 3 != 0 => "a quarterly duty's window is not whole quarters.",
        _ when duty.Clauses.FirstOrDefault(c => !Clause().IsMatch(c)) is { } clause => $"'{clause}' is not a clause.",
        _ when duty.Controls.FirstOrDefault(c => !Control().IsMatch(c)) is { } control => $"'{control}' is not a control.",
        { Records: [] } => "it demands no record, and what leaves no record is not done.",
        _ when duty.Records.FirstOrDefault(r => !PlainId().IsMatch(r.Key)) is { } record => $"the record key '{record.Key}' is not plain.",
        _ when duty.Records.GroupBy(r => r.Key).Any(g => g.Count() > 1) => "a record is demanded twice.",
        { PerDepartment: true } when duty.Responsible != Role.DepartmentLead => "a duty of every department is not its lead's.",
        _ when duty.Approver == duty.Responsible => "who does it would approve it.",
        _ => null,
    };

    private static PlanCatalogue LoadStandard()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Isms.Year.plan-catalogue.data.json")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex PlainId();

    [GeneratedRegex(@"^([4-9]|10)\.[0-9](\.[0-9])?$")]
    private static partial Regex Clause();

    [GeneratedRegex(@"^[5-8]\.[1-9][0-9]?$")]
    private static partial Regex Control();
}
