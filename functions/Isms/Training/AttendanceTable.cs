using Isms.Registers;
using Isms.Text;

namespace Isms.Training;

/// <summary>The columns of a file of attendance, found by name or by title; columns that are none of them are left aside, since learning systems export many.</summary>
public static class AttendanceTable
{
    /// <summary>The mail address or sign-in name.</summary>
    public const string Mail = "mail";

    /// <summary>The name.</summary>
    public const string Name = "name";

    /// <summary>The department.</summary>
    public const string Department = "department";

    /// <summary>The day of attendance.</summary>
    public const string AttendedOn = "attendedOn";

    /// <summary>The score.</summary>
    public const string Score = "score";

    /// <summary>Whether the test was passed.</summary>
    public const string Passed = "passed";

    /// <summary>The columns, as the readers of files want them.</summary>
    public static RegisterDefinition Definition { get; } = new()
    {
        Name = "training-attendance",
        Title = Texts.Get("training.table"),
        IdPrefix = "T",
        TitleField = Mail,
        Layout = new PrintedLayout { DocumentNumber = "training-attendance", Columns = [Mail, Name, Department, AttendedOn, Score, Passed] },
        Fields =
        [
            Field(Mail, FieldType.Text), Field(Name, FieldType.Text), Field(Department, FieldType.Text), Field(AttendedOn, FieldType.Date),
            Field(Score, FieldType.Number) with { Min = 0, Max = 100 },
            Field(Passed, FieldType.Choice) with
            {
                Choices = [new FieldChoice("passed", Texts.Get("training.passed")), new FieldChoice("failed", Texts.Get("training.failed"))],
            },
        ],
    };

    private static FieldDefinition Field(string name, FieldType type) => new() { Name = name, Title = Texts.Get("training.table." + name), Type = type };
}
