namespace Isms.Meetings;

/// <summary>What kind of meeting it is.</summary>
public enum MeetingKind
{
    /// <summary>A management review (マネジメントレビュー; clause 9.3).</summary>
    ManagementReview,

    /// <summary>A meeting of the information security committee (情報セキュリティ委員会; clause 7.4).</summary>
    Committee,
}

/// <summary>Where a meeting stands.</summary>
public enum MeetingStage
{
    /// <summary>Its inputs or agenda are being compiled (準備中).</summary>
    Preparing,

    /// <summary>The inputs are compiled; what is missing can be added, and a date is to be set (資料準備完了). Committees pass it by themselves.</summary>
    InputsReady,

    /// <summary>The date is set and people are invited (開催日決定).</summary>
    Scheduled,

    /// <summary>It was held; its minutes are being completed (議事録作成中).</summary>
    Held,

    /// <summary>The minutes wait for approval (議事録承認待ち).</summary>
    Approval,

    /// <summary>Its decisions are being carried out (決定事項のフォロー中).</summary>
    FollowingUp,

    /// <summary>Every decision is settled (完了).</summary>
    Closed,

    /// <summary>It was called off, with a reason (中止).</summary>
    Cancelled,
}
