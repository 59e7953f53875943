using static IsmsFunctions.Hosting.Identity.AppRoles;

namespace IsmsFunctions.Hosting.Identity;

/// <summary>
/// Which role may call which HTTP function. A function that is not listed may be called by nobody; <see cref="Anyone"/> marks the ones that ask for no
/// identity at all. Finer rules (my department's item, my audit) are decided by the capability on top of this.
/// </summary>
public static class AccessTable
{
    /// <summary>Marks a function that answers without knowing who asks.</summary>
    public static readonly IReadOnlyList<string> Anyone = [];

    // A package brings a namespace of this name, which would win over the imported member.
    private static readonly string[] Internal = AppRoles.Internal;

    /// <summary>Function name → roles.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Roles = new Dictionary<string, IReadOnlyList<string>>
    {
        // Overview
        ["GetHealth"] = Anyone,
        ["GetSettingsSchema"] = Anyone,
        ["GetOpenApi"] = Anyone,
        ["GetOrganization"] = Internal,
        ["PutOrganization"] = [Manager, Secretariat, Admin],

        // Portal: its files hold no data, and whoever wants to sign in has not done so yet
        ["GetPortal"] = Anyone,
        ["GetPortalAsset"] = Anyone,
        ["GetSignIn"] = Anyone,
        ["GetMe"] = Everyone,

        // Year
        ["StartYear"] = [TopManagement, Manager, Secretariat],
        ["ListYears"] = Internal,
        ["GetYear"] = Internal,
        ["GetYearPlan"] = Internal,
        ["RecordYearPlan"] = [TopManagement, Manager, Secretariat],
        ["ListPlanItems"] = Internal,
        ["GetPlanItem"] = Internal,

        // Who may do, approve or waive an item follows from the settings: delegates act for others without holding their app role.
        ["SubmitPlanItem"] = Internal,
        ["ApprovePlanItem"] = Internal,
        ["ReturnPlanItem"] = Internal,
        ["WaivePlanItem"] = Internal,
        ["ReschedulePlanItem"] = Internal,

        // Audits
        ["StartAudit"] = [Manager, Secretariat],
        ["ListAudits"] = Internal,
        ["GetAudit"] = Internal,
        ["GetAuditProgramme"] = Everyone,
        ["ReassignAudit"] = [Manager, Secretariat],
        ["RescheduleAudit"] = [Manager, Secretariat],
        ["ApproveAuditPlan"] = [TopManagement, Manager],
        ["AnswerAudit"] = [Auditor],
        ["GiveOutAuditChecklist"] = Internal,
        ["TakeAuditChecklist"] = [Auditor],
        ["AttachToAuditQuestion"] = [Auditor],
        ["ListAuditAttachments"] = Internal,
        ["SubmitAudit"] = [Auditor],
        ["ApproveAuditReport"] = [TopManagement, Manager],
        ["ReturnAuditReport"] = [TopManagement, Manager],
        ["CancelAudit"] = [TopManagement, Manager, Secretariat],

        // Reviews of access rights: whose a sheet is, and who closes the review, follows from the settings; delegates act without the app role of who is represented
        ["StartAccessReview"] = [Manager, Secretariat, Admin],
        ["ListAccessReviews"] = Internal,
        ["GetAccessReview"] = Internal,
        ["ListReviewSheetRows"] = Internal,
        ["GiveOutReviewSheet"] = Internal,
        ["AnswerReviewSheet"] = Internal,
        ["AnswerReviewRow"] = Internal,
        ["SignReviewSheet"] = Internal,
        ["ReassignReviewSheet"] = Internal,
        ["ReturnReviewSheet"] = Internal,
        ["CloseAccessReview"] = Internal,
        ["CancelAccessReview"] = Internal,
        ["ReportReviewTask"] = Internal,
        ["WithdrawReviewTask"] = Internal,
        ["CompareAccessReview"] = [Manager, Secretariat, Admin],

        // Spot-checks: who decides about what follows from the settings
        ["MakeSpotCheck"] = [Manager, Secretariat, Auditor],
        ["ListSpotChecks"] = [TopManagement, Manager, Secretariat, Auditor, Admin],
        ["GetSpotCheck"] = [TopManagement, Manager, Secretariat, Auditor, Admin],
        ["DecideSpotPoint"] = Internal,
        ["LookAtSampledPerson"] = Internal,
        ["CloseSpotCheck"] = Internal,

        // Corrective actions
        ["RaiseCorrectiveAction"] = Internal,
        ["ListCorrectiveActions"] = Internal,
        ["GetCorrectiveAction"] = Internal,
        ["ReportActionCorrection"] = Internal,
        ["ReportActionRootCause"] = Internal,
        ["ProposeActionPlan"] = Internal,
        ["ApproveActionPlan"] = [TopManagement, Manager],
        ["ReturnActionPlan"] = [TopManagement, Manager],
        ["ReportActionImplementation"] = Internal,
        ["CheckActionEffectiveness"] = [TopManagement, Manager, Secretariat, Auditor],

        // Certification
        ["GetCertification"] = Internal,
        ["AnnounceCertificationAudit"] = [Manager, Secretariat],
        ["ListCertificationAudits"] = Internal,
        ["GetCertificationAudit"] = Internal,
        ["EnterCertificationResult"] = [Manager, Secretariat],
        ["SendCertificationResponse"] = [Manager, Secretariat],
        ["AcceptCertificationResponse"] = [Manager, Secretariat],
        ["ReturnCertificationResponse"] = [Manager, Secretariat],
        ["CancelCertificationAudit"] = [TopManagement, Manager, Secretariat],
        ["AnalyzeFindings"] = Internal,

        // Incidents: IncidentAccess says who may see which; whoever deals with one may report its steps
        ["ReportNewIncident"] = Internal,
        ["ListIncidents"] = Internal,
        ["GetIncident"] = Internal,
        ["GetIncidentStatistics"] = Internal,
        ["JudgeIncident"] = [Manager, Secretariat],
        ["DismissReportedIncident"] = [Manager, Secretariat],
        ["AssessIncidentFacts"] = Internal,
        ["NoteIncident"] = Internal,
        ["ReportIncidentContained"] = Internal,
        ["ReportIncidentInvestigated"] = Internal,
        ["FileIncidentBreachReport"] = [Manager, Secretariat],
        ["CompleteIncidentReporting"] = [Manager, Secretariat],
        ["ReportIncidentRecovered"] = Internal,
        ["AddIncidentLessons"] = [Manager, Secretariat],
        ["CloseIncident"] = [Manager, Secretariat],

        // Meetings: who approves minutes, and whose a decision is, follows from the settings and from the meeting
        ["CallCommittee"] = [TopManagement, Manager, Secretariat],
        ["CallReview"] = [TopManagement, Manager, Secretariat],
        ["ListMeetings"] = Internal,
        ["ListReviews"] = Internal,
        ["GetMeeting"] = Internal,
        ["GetReview"] = Internal,
        ["AddReviewInput"] = Internal,
        ["AddAgendaPoint"] = Internal,
        ["RefreshMeeting"] = Internal,
        ["ScheduleMeeting"] = Internal,
        ["HoldMeeting"] = Internal,
        ["WriteMeetingMinutes"] = Internal,
        ["SubmitMeetingMinutes"] = Internal,
        ["ApproveMeetingMinutes"] = Internal,
        ["ReturnMeetingMinutes"] = Internal,
        ["CancelMeeting"] = Internal,
        ["CompleteMeetingDecision"] = Internal,
        ["ExtendMeetingDecision"] = Internal,
        ["WithdrawMeetingDecision"] = Internal,

        // Registers: RegisterAccess says which entries an owner may write
        ["ListRegisters"] = Internal,
        ["ListRegisterEntries"] = Internal,
        ["GetRegisterEntry"] = Internal,
        ["GetRegisterEntryHistory"] = Internal,
        ["CreateRegisterEntry"] = [Manager, Secretariat, Owner],
        ["ChangeRegisterEntry"] = [Manager, Secretariat, Owner],
        ["DeleteRegisterEntry"] = [Manager, Secretariat, Owner],
        ["RestoreRegisterEntry"] = [Manager, Secretariat, Owner],
        ["ImportRegister"] = [Manager, Secretariat, Owner],
        ["GetRegisterImport"] = [Manager, Secretariat, Owner],
        ["ApplyRegisterImport"] = [Manager, Secretariat, Owner],
        ["ExportRegister"] = Internal,
        ["LoadSampleRegisters"] = [Manager, Secretariat],
        ["RemoveSampleRegisters"] = [Manager, Secretariat],
        ["MigrateStatement"] = [Manager, Secretariat, Owner],
        ["GetStatementOfApplicability"] = Everyone,
        ["GetRegisterDocument"] = Internal,
        ["PrintRegister"] = [TopManagement, Manager, Secretariat, Owner],

        // Risks: the risk method says who may accept which risk
        ["GetRiskHeatMap"] = Internal,
        ["CompareRisks"] = Internal,
        ["ListRiskConcerns"] = Internal,
        ["AcceptRisk"] = Internal,
        ["RevokeRiskAcceptance"] = Internal,
        ["RecomputeRiskLevels"] = [Manager, Secretariat],
        ["RecordRiskAssessment"] = [TopManagement, Manager, Secretariat, Owner],
        ["ListRiskSuggestions"] = Internal,
        ["RefreshRiskSuggestions"] = [Manager, Secretariat, Owner],
        ["AdoptRiskSuggestion"] = [Manager, Secretariat, Owner],
        ["DismissRiskSuggestion"] = [Manager, Secretariat, Owner],

        // Objectives: who may enter an objective's value follows from its owner and department
        ["ListKpis"] = Internal,
        ["GetKpiMeasurement"] = Internal,
        ["ListMeasures"] = Internal,
        ["EnterKpiValue"] = Internal,
        ["MeasureKpis"] = [Manager, Secretariat, Owner],
        ["RecordKpis"] = [Manager, Secretariat, Owner],
        ["GetEffectiveness"] = Internal,
        ["JudgeControl"] = [Manager, Secretariat, Owner],
        ["RecordEffectiveness"] = [Manager, Secretariat, Owner],

        // Training: TrainingAccess says whose attendance a department lead sees and marks
        ["StartTraining"] = [Manager, Secretariat],
        ["ListTrainings"] = Internal,
        ["GetTraining"] = Internal,
        ["ListTrainingParticipants"] = [TopManagement, Manager, Secretariat, Owner],
        ["PreviewTrainingImport"] = [Manager, Secretariat, Owner],
        ["ImportTraining"] = [Manager, Secretariat, Owner],
        ["MarkTrainingParticipant"] = [Manager, Secretariat, Owner],
        ["UnmarkTrainingParticipant"] = [Manager, Secretariat, Owner],
        ["ExemptTrainingParticipant"] = [TopManagement, Manager, Secretariat],
        ["ObligeTrainingParticipant"] = [Manager, Secretariat],
        ["NameTrainingMaterial"] = [Manager, Secretariat],
        ["RescheduleTraining"] = [Manager, Secretariat],
        ["CloseTraining"] = [Manager, Secretariat],
        ["CancelTraining"] = [Manager, Secretariat],

        // Evidence
        ["ListEvidence"] = Everyone,
        ["GetEvidence"] = Everyone,
        ["DownloadEvidenceFile"] = Everyone,
        ["UploadEvidence"] = Internal,
        ["GrantAuditorAccess"] = [Manager, Secretariat],
        ["ListAuditorAccess"] = Everyone,
        ["RevokeAuditorAccess"] = [Manager, Secretariat],
        ["GetLedgerHead"] = Everyone,
        ["GetLedgerProof"] = Everyone,
        ["ListSignedHeads"] = Everyone,
        ["GetSignedHead"] = Everyone,
        ["GetSealingKey"] = Everyone,
        ["GetLedgerConsistency"] = Everyone,
        ["SignLedgerHead"] = [Manager, Secretariat, Admin],
        ["CheckEvidenceNow"] = [Manager, Secretariat, Auditor, Admin],
        ["StartFullCheck"] = [Manager, Secretariat, Auditor, Admin],
        ["GetFullCheck"] = Internal,

        // Packs
        ["MakePack"] = [TopManagement, Manager, Secretariat, Auditor],
        ["ListPacks"] = Everyone,
        ["GetPack"] = Everyone,
        ["DownloadPack"] = Everyone,
        ["IssuePackLink"] = [Manager, Secretariat],

        // The link carries its own secret, for one pack and a few days.
        ["FollowPackLink"] = Anyone,

        // Retention: whoever proposed a disposal cannot approve it
        ["GetRetentionPolicy"] = Internal,
        ["PutRetentionPolicy"] = [TopManagement, Manager],
        ["ListDueEvidence"] = [TopManagement, Manager, Secretariat, Admin],
        ["ListPersonalData"] = [TopManagement, Manager, Secretariat, Admin],
        ["ListLegalHolds"] = Internal,
        ["PlaceLegalHold"] = [TopManagement, Manager, Secretariat],
        ["LiftLegalHold"] = [TopManagement, Manager],
        ["ListDisposals"] = Internal,
        ["GetDisposal"] = Internal,
        ["ProposeDisposal"] = [Manager, Secretariat],
        ["ApproveDisposal"] = [TopManagement, Manager],
        ["RejectDisposal"] = [TopManagement, Manager],

        // Monitoring
        ["ListCollectors"] = Internal,
        ["RunCollector"] = [Manager, Secretariat, Admin],
        ["GetCollectorRun"] = Internal,
        ["GetReadiness"] = Internal,
        ["GetCollectorCoverage"] = Internal,

        // Notifications
        ["ListNotifications"] = [TopManagement, Manager, Secretariat, Admin],
        ["GetNotification"] = [TopManagement, Manager, Secretariat, Admin],
        ["ResendNotification"] = [Manager, Secretariat, Admin],

        // Calendars: the address of a feed carries its own secret, since calendar programs cannot sign in; without one the function asks who is calling.
        ["GetCalendar"] = Anyone,
        ["IssueCalendarToken"] = Internal,
        ["RevokeCalendarToken"] = Internal,
    };
}
