using System.Globalization;
using Isms.Organizations;
using Isms.Registers;
using Isms.Rules;
using Isms.Year;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Registers;

/// <summary>Which entries a request asks for: <c>?asOf=&amp;deleted=&amp;{field}=</c>.</summary>
internal sealed class RegisterQuery
{
    private readonly IReadOnlyList<(FieldDefinition Field, string Value)> filters;
    private readonly string deleted;

    private RegisterQuery(IReadOnlyList<(FieldDefinition Field, string Value)> filters, string deleted) => (this.filters, this.deleted) = (filters, deleted);

    /// <exception cref="RefusedException">A parameter is unknown or malformed, or names a field that the person does not see.</exception>
    public static RegisterQuery Of(HttpRequest request, RegisterDefinition definition, IReadOnlySet<string> hidden)
    {
        var deleted = request.Query["deleted"].FirstOrDefault() ?? "no";
        if (deleted is not ("no" or "only" or "all"))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "register-deleted-malformed", "deleted", deleted));
        }

        var filters = new List<(FieldDefinition, string)>();
        foreach (var (name, value) in request.Query.Where(q => !DefinitionRules.ReservedNames.Contains(q.Key)))
        {
            if (definition.Find(name) is not { } field || hidden.Contains(name))
            {
                throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "register-filter-unknown", name, null, name));
            }

            var single = field with { IsList = false, MaxLength = null };
            var wanted = field.Type is FieldType.Text or FieldType.LongText ? value.ToString() : RegisterRules.Canonical(single, value.ToString(), out var error) is var text
                && error is null ? text : throw new RefusedException(RegisterRefusals.Of([error]) with { Field = name });
            filters.Add((field, wanted));
        }

        return new RegisterQuery(filters, deleted);
    }

    /// <summary>The moment that <c>asOf</c>, or another parameter, names; a date means its end in the organisation's time zone.</summary>
    /// <exception cref="RefusedException">It names none.</exception>
    public static DateTimeOffset? AsOf(HttpRequest request, Organization organization, string parameter = "asOf")
    {
        if (request.Query[parameter].FirstOrDefault() is not { Length: > 0 } given)
        {
            return null;
        }

        if (DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date < DateOnly.MaxValue)
        {
            return OfficeTime.Of(organization.TimeZone).StartOf(date.AddDays(1)).AddTicks(-1).ToUniversalTime();
        }

        return DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "register-as-of-malformed", parameter, given, given));
    }

    /// <summary>Whether an entry is asked for.</summary>
    public bool Matches(RegisterEntry entry) =>
        (deleted == "all" || entry.IsDeleted == (deleted == "only")) && filters.All(f => Matches(f.Field, entry[f.Field.Name], f.Value));

    private static bool Matches(FieldDefinition field, string value, string wanted) =>
        wanted.Length == 0 ? value.Length == 0
        : field.IsList ? RegisterRules.Items(value).Contains(wanted)
        : field.Type is FieldType.Text or FieldType.LongText ? value.Contains(wanted, StringComparison.OrdinalIgnoreCase)
        : value == wanted;
}
