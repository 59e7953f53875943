using System.IO.Compression;
using System.Text;
using System.Xml;

namespace IsmsFunctions.Documents.Office;

/// <summary>A part of an Office file.</summary>
/// <param name="Path">Its path, such as <c>word/document.xml</c>.</param>
/// <param name="ContentType">Its content type.</param>
/// <param name="Links">The parts and addresses it refers to.</param>
internal sealed record OfficePart(string Path, string ContentType, params IReadOnlyList<OfficeLink> Links);

/// <summary>A relationship.</summary>
/// <param name="Id">The id that the XML of the source uses.</param>
/// <param name="Type">The last word of the relationship's type, such as <c>styles</c>.</param>
/// <param name="Target">The part, relative to the source's folder, or an address outside.</param>
/// <param name="IsExternal">Whether the target is an address outside.</param>
internal sealed record OfficeLink(string Id, string Type, string Target, bool IsExternal = false);

/// <summary>
/// Writes an Office file (ISO/IEC 29500-2) part by part, straight into the stream: nothing is held back, and the same parts are the same bytes, since
/// timestamps, ids and the order are all given. The package classes of the framework do neither.
/// </summary>
internal sealed class OfficePackage : IDisposable
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A line break in a text is a line feed, on whatever system this runs.
    private static readonly XmlWriterSettings Settings = new() { CloseOutput = true, Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None };

    private readonly ZipArchive archive;
    private readonly Dictionary<string, OfficePart> parts;

    /// <summary>Begins a file. The first part is the document itself.</summary>
    public OfficePackage(Stream target, IReadOnlyList<OfficePart> parts)
    {
        archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        this.parts = parts.ToDictionary(p => p.Path);
        WriteContentTypes(parts);
        WriteLinks("_rels/.rels", [new("rId1", "officeDocument", parts[0].Path), new("rId2", "core-properties", OfficeProperties.Path)]);
    }

    /// <summary>Opens a part for writing; it is closed before the next one is opened.</summary>
    public XmlWriter Open(string path)
    {
        if (parts[path] is { Links.Count: > 0 } part)
        {
            var slash = path.LastIndexOf('/');
            WriteLinks($"{path[..(slash + 1)]}_rels/{path[(slash + 1)..]}.rels", part.Links);
        }

        return OpenEntry(path);
    }

    /// <summary>Writes a part whole.</summary>
    public void Write(string path, DocumentFormat.OpenXml.OpenXmlElement root)
    {
        using var xml = Open(path);
        root.WriteTo(xml);
    }

    /// <summary>Writes a part that is a file of its own.</summary>
    public void Write(string path, byte[] content)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.NoCompression);
        entry.LastWriteTime = Epoch;
        entry.ExternalAttributes = 0;
        using var target = entry.Open();
        target.Write(content);
    }

    /// <summary>Ends the file.</summary>
    public void Dispose() => archive.Dispose();

    private void WriteContentTypes(IReadOnlyList<OfficePart> all)
    {
        using var xml = OpenEntry("[Content_Types].xml");
        xml.WriteStartElement("Types", "http://schemas.openxmlformats.org/package/2006/content-types");
        WriteType(xml, "Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
        WriteType(xml, "Default", "Extension", "xml", "application/xml");
        foreach (var part in all)
        {
            WriteType(xml, "Override", "PartName", "/" + part.Path, part.ContentType);
        }

        xml.WriteEndElement();
    }

    private static void WriteType(XmlWriter xml, string element, string key, string value, string type)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString(key, value);
        xml.WriteAttributeString("ContentType", type);
        xml.WriteEndElement();
    }

    private void WriteLinks(string path, IReadOnlyList<OfficeLink> links)
    {
        using var xml = OpenEntry(path);
        xml.WriteStartElement("Relationships", PackageRelationships);
        foreach (var link in links)
        {
            xml.WriteStartElement("Relationship");
            xml.WriteAttributeString("Id", link.Id);
            xml.WriteAttributeString("Type", link.Type == "core-properties" ? PackageRelationships + "/metadata/core-properties" : Relationships + link.Type);
            xml.WriteAttributeString("Target", link.Target);
            if (link.IsExternal)
            {
                xml.WriteAttributeString("TargetMode", "External");
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private XmlWriter OpenEntry(string path)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = Epoch;
        entry.ExternalAttributes = 0;
        var xml = XmlWriter.Create(entry.Open(), Settings);
        xml.WriteStartDocument(standalone: true);
        return xml;
    }
}
