using System.Globalization;

namespace IsmsFunctions.Documents.Office;

/// <summary>The properties that a file browser shows of an Office file.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Creator">Whose it is.</param>
/// <param name="Language">Its language, such as <c>ja-JP</c>.</param>
/// <param name="CreatedOn">The day it was written; null where the content alone decides the bytes.</param>
internal sealed record OfficeProperties(string Title, string Creator, string Language, DateOnly? CreatedOn = null)
{
    public const string Path = "docProps/core.xml";

    public static readonly OfficePart Part = new(Path, "application/vnd.openxmlformats-package.core-properties+xml");

    public void WriteTo(OfficePackage package)
    {
        const string Dc = "http://purl.org/dc/elements/1.1/";
        using var xml = package.Open(Path);
        xml.WriteStartElement("cp", "coreProperties", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties");
        xml.WriteElementString("dc", "title", Dc, OfficeText.Printable(Title));
        xml.WriteElementString("dc", "creator", Dc, OfficeText.Printable(Creator));
        xml.WriteElementString("dc", "language", Dc, Language);
        if (CreatedOn is { } day)
        {
            xml.WriteStartElement("dcterms", "created", "http://purl.org/dc/terms/");
            xml.WriteAttributeString("xsi", "type", "http://www.w3.org/2001/XMLSchema-instance", "dcterms:W3CDTF");
            xml.WriteString(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
