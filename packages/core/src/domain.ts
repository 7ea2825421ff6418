export {
  accessScopeSchema,
  accessTokenSchema,
  allowsScope,
  createAccessTokenSchema,
} from './domain/access-token.ts';
export type { AccessScope, AccessToken, CreateAccessToken } from './domain/access-token.ts';
export { accountKindSchema, accountSchema } from './domain/account.ts';
export type { AccountKind, Account } from './domain/account.ts';
export {
  actionModeSchema,
  actionStatusSchema,
  assuranceSchema,
  decisionSurfaceSchema,
  effectClassSchema,
  riskTierSchema,
  terminalStatuses,
  verdictSchema,
} from './domain/action.ts';
export type {
  ActionMode,
  ActionStatus,
  Assurance,
  DecisionSurface,
  EffectClass,
  RiskTier,
  Verdict,
} from './domain/action.ts';
export { accountGroupMemberSchema } from './domain/account-group-member.ts';
export type { AccountGroupMember } from './domain/account-group-member.ts';
export { accountGroupSchema } from './domain/account-group.ts';
export type { AccountGroup } from './domain/account-group.ts';
export {
  aiAdoptionSchema,
  aiAdoptionWeekSchema,
  aiClassCountsSchema,
  aiClassSchema,
  aiImpactArmSchema,
  aiImpactComparisonSchema,
  aiImpactQualitySchema,
  aiImpactSpeedSchema,
  aiImpactStrataSchema,
  aiImpactStratumSchema,
} from './domain/ai-impact.ts';
export type {
  AiAdoption,
  AiAdoptionWeek,
  AiClass,
  AiClassCounts,
  AiImpactArm,
  AiImpactComparison,
  AiImpactDefinition,
  AiImpactOptions,
  AiImpactQuality,
  AiImpactRow,
  AiImpactSpeed,
  AiImpactStrata,
  AiImpactStratum,
  AiImpactSurroundings,
} from './domain/ai-impact.ts';
export { aiEvidenceSchema } from './domain/ai-evidence.ts';
export type { AiEvidence } from './domain/ai-evidence.ts';
export { aiUsageDaySchema } from './domain/ai-usage-day.ts';
export type { AiUsageDay } from './domain/ai-usage-day.ts';
export { auditEntrySchema } from './domain/audit-entry.ts';
export type { AuditEntry } from './domain/audit-entry.ts';
export { chatChannelKindSchema, chatChannelSchema } from './domain/chat-channel.ts';
export type { ChatChannel, ChatChannelKind } from './domain/chat-channel.ts';
export { chatThreadSchema } from './domain/chat-thread.ts';
export type { ChatThread } from './domain/chat-thread.ts';
export { commitParentSchema } from './domain/commit-parent.ts';
export type { CommitParent } from './domain/commit-parent.ts';
export { commitSchema } from './domain/commit.ts';
export type { Commit } from './domain/commit.ts';
export { deploymentChangeSchema } from './domain/deployment-change.ts';
export type { DeploymentChange } from './domain/deployment-change.ts';
export { deploymentSchema } from './domain/deployment.ts';
export type { Deployment } from './domain/deployment.ts';
export {
  daysForecastSchema,
  forecastBacktestSchema,
  forecastHistorySchema,
  forecastProbabilities,
  forecastSchema,
  itemsForecastSchema,
} from './domain/forecast.ts';
export type {
  DaysForecast,
  Forecast,
  ForecastBacktest,
  ForecastDefinition,
  ForecastHistory,
  ForecastInput,
  ItemsForecast,
} from './domain/forecast.ts';
export { gapSchema } from './domain/gap.ts';
export type { Gap } from './domain/gap.ts';
export { identityChangeSchema } from './domain/identity-change.ts';
export type { IdentityChange } from './domain/identity-change.ts';
export { incidentDeploymentSchema } from './domain/incident-deployment.ts';
export type { IncidentDeployment } from './domain/incident-deployment.ts';
export { incidentEventSchema } from './domain/incident-event.ts';
export type { IncidentEvent } from './domain/incident-event.ts';
export { incidentRoleSchema } from './domain/incident-role.ts';
export type { IncidentRole } from './domain/incident-role.ts';
export { incidentSchema } from './domain/incident.ts';
export type { Incident } from './domain/incident.ts';
export { membershipSchema } from './domain/membership.ts';
export type { Membership } from './domain/membership.ts';
export {
  authorKindSchema,
  metricFilterSchema,
  workTypeSchema,
  type AuthorKind,
  type MetricFilter,
  type WorkType,
} from './domain/metric-filter.ts';
export { utcCalendar } from './domain/metric-calendar.ts';
export type { MetricCalendar, MetricWindow } from './domain/metric-calendar.ts';
export { defineMetric, isOfPeople } from './domain/metric-definition.ts';
export type {
  SubjectRows,
  MetricSubject,
  Columns,
  KnownRows,
  MetricCoverage,
  MetricInput,
  MetricOutcome,
  MetricDefinition,
  PullRequestFactInput,
  PullRequestFactsDefinition,
  MetricSet,
  MetricSettings,
} from './domain/metric-definition.ts';
export {
  metricUnitSchema,
  windowSchema,
  percentilesSchema,
  metricPartSchema,
  metricPointSchema,
  metricValueSchema,
} from './domain/metric-value.ts';
export type {
  MetricUnit,
  Window,
  Percentiles,
  MetricPart,
  MetricPoint,
  MetricValue,
} from './domain/metric-value.ts';
export { identityMethodSchema, personAccountSchema } from './domain/person-account.ts';
export type { IdentityMethod, PersonAccount } from './domain/person-account.ts';
export { personRoleSchema, personSchema } from './domain/person.ts';
export type { Person } from './domain/person.ts';
export { pipelineJobSchema } from './domain/pipeline-job.ts';
export { pipelineRunSchema } from './domain/pipeline-run.ts';
export type { PipelineJob } from './domain/pipeline-job.ts';
export type { PipelineRun } from './domain/pipeline-run.ts';
export {
  instantSchema,
  calendarDaySchema,
  sourceSchema,
  externalIdSchema,
} from './domain/primitives.ts';
export { pullRequestCommitSchema } from './domain/pull-request-commit.ts';
export type { PullRequestCommit } from './domain/pull-request-commit.ts';
export { pullRequestFileSchema } from './domain/pull-request-file.ts';
export type { PullRequestFile } from './domain/pull-request-file.ts';
export { pullRequestEventSchema } from './domain/pull-request-event.ts';
export type { PullRequestEvent } from './domain/pull-request-event.ts';
export { pullRequestFactsSchema } from './domain/pull-request-facts.ts';
export type { PullRequestFacts } from './domain/pull-request-facts.ts';
export { pullRequestWorkItemSchema } from './domain/pull-request-work-item.ts';
export type { PullRequestWorkItem } from './domain/pull-request-work-item.ts';
export { pullRequestSchema } from './domain/pull-request.ts';
export type { PullRequest } from './domain/pull-request.ts';
export { rawRecordSchema } from './domain/raw-record.ts';
export type { RawRecord } from './domain/raw-record.ts';
export {
  progressReportSchema,
  reportDoorSchema,
  reportVisibilitySchema,
} from './domain/progress-report.ts';
export type { ProgressReport, ReportDoor, ReportVisibility } from './domain/progress-report.ts';
export {
  createProjectSchema,
  projectPartSchema,
  projectSchema,
  updateProjectSchema,
} from './domain/project.ts';
export type { CreateProject, Project, ProjectPart, UpdateProject } from './domain/project.ts';
export { repositoryOwnerSchema } from './domain/repository-owner.ts';
export type { RepositoryOwner } from './domain/repository-owner.ts';
export { teamDecisionSchema } from './domain/team-decision.ts';
export type { TeamDecision } from './domain/team-decision.ts';
export { releaseCommitSchema } from './domain/release-commit.ts';
export type { ReleaseCommit } from './domain/release-commit.ts';
export { releaseSchema } from './domain/release.ts';
export type { Release } from './domain/release.ts';
export { repositorySchema } from './domain/repository.ts';
export type { Repository } from './domain/repository.ts';
export { serviceRepositorySchema } from './domain/service-repository.ts';
export type { ServiceRepository } from './domain/service-repository.ts';
export { serviceSchema } from './domain/service.ts';
export type { Service } from './domain/service.ts';
export {
  commitmentAdviceSchema,
  sprintAmountSchema,
  sprintFiguresSchema,
  sprintItemOutcomeSchema,
  sprintRangeSchema,
  sprintShareSchema,
  sprintSummarySchema,
  sprintVelocitySchema,
} from './domain/sprint-report.ts';
export type {
  CommitmentAdvice,
  SprintAmount,
  SprintDefinition,
  SprintFigures,
  SprintItemChange,
  SprintItemOutcome,
  SprintRange,
  SprintReplayInput,
  SprintReplayItem,
  SprintShare,
  SprintSummary,
  SprintVelocity,
  StatusMeaning,
} from './domain/sprint-report.ts';
export { sprintSchema } from './domain/sprint.ts';
export type { Sprint } from './domain/sprint.ts';
export { syncCursorSchema } from './domain/sync-cursor.ts';
export type { SyncCursor } from './domain/sync-cursor.ts';
export { teamSchema } from './domain/team.ts';
export type { Team } from './domain/team.ts';
export { signInMethodSchema } from './domain/sign-in-method.ts';
export type { SignInMethod } from './domain/sign-in-method.ts';
export { viewerSchema, viewerLabel } from './domain/viewer.ts';
export type { Viewer } from './domain/viewer.ts';
export { workItemChangeSchema } from './domain/work-item-change.ts';
export type { WorkItemChange } from './domain/work-item-change.ts';
export { workItemLinkSchema } from './domain/work-item-link.ts';
export type { WorkItemLink } from './domain/work-item-link.ts';
export { workItemSchema } from './domain/work-item.ts';
export type { WorkItem } from './domain/work-item.ts';
export { identityMappingSchema } from './domain/identity-mapping.ts';
export type { IdentityMapping } from './domain/identity-mapping.ts';
export { documentSchema } from './domain/document.ts';
export type { Document, DocumentText } from './domain/document.ts';
export { isProductionEnvironment } from './domain/environment.ts';
export { seededRandom } from './domain/seeded-random.ts';
export {
  signalSubjectKinds,
  signalSubjectSchemas,
  type SignalSubjectKind,
  type SignalSubjects,
} from './domain/signal-subjects/index.ts';
export type { PullRequestSubject } from './domain/signal-subjects/pull-request-subject.ts';
export type { WorkItemSubject } from './domain/signal-subjects/work-item-subject.ts';
export type { ChatThreadSubject } from './domain/signal-subjects/chat-thread-subject.ts';
export type { IncidentSubject } from './domain/signal-subjects/incident-subject.ts';
export type {
  DeploymentTargetSubject,
  PipelineJobSubject,
  PipelineSubject,
} from './domain/signal-subjects/pipeline-subject.ts';
export type { SprintSubject } from './domain/signal-subjects/sprint-subject.ts';
export type { RepositorySubject, TeamSubject } from './domain/signal-subjects/team-subject.ts';
export type {
  ActionSubject,
  StreamSubject,
  WorkspaceSubject,
} from './domain/signal-subjects/upkeep-subject.ts';
export {
  signalFactsSchema,
  signalFindingSchema,
  signalHistoryKindSchema,
  signalSeveritySchema,
  signalSubjectKindSchema,
  suggestedActionSchema,
} from './domain/signal.ts';
export type {
  SignalFacts,
  SignalFinding,
  SignalHistoryKind,
  SignalSeverity,
  SuggestedAction,
} from './domain/signal.ts';
export { defineSignal } from './signals/define-signal.ts';
export type {
  AnySignalRule,
  SignalContext,
  SignalOutcome,
  SignalRule,
} from './signals/define-signal.ts';
export { type RetentionClassId, retentionClassIds } from './retention/retention-class-ids.ts';
