using Isms.Audits;

namespace IsmsFunctions.Audits;

/// <summary>Knows which controls the statement of applicability excludes and which risks are high; the capability that keeps them registers it.</summary>
public interface IAuditFocusSource
{
    /// <summary>Exclusions and risks as they are now.</summary>
    Task<AuditFocus> ReadAsync(CancellationToken cancellationToken);
}
