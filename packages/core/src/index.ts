export type {
  Adjutant,
  AdjutantOptions,
  ApprovalOptions,
  FlowOptions,
  SourceResult,
  StreamResult,
  SyncOptions,
  SyncProgress,
  SyncSummary,
} from './adjutant.ts';
export { createAdjutant } from './create-adjutant.ts';
export type { ArchiveSink } from './archive/archive-sink.ts';
export { folderArchive } from './archive/folder-archive.ts';
export {
  restoreBackup,
  type RestoreBackupOptions,
  type RestoredBackup,
} from './backup/restore-backup.ts';
export type { InstallationMemory, RememberedHead } from './installation/installation-memory.ts';
export type { StoreRestored, StoreRestoredReason } from './installation/restored-detail.ts';
export type { Archives, DataCare, RetentionRule, RetentionRules } from './data/handle.ts';
export type * from './data/outcomes.ts';
export type { RetentionDays } from './retention/retention.ts';
export { type RetentionClassId, retentionClassIds } from './retention/retention-class-ids.ts';
export type { DeclaredPerson } from './identity/resolve-accounts.ts';
export type * from './identity/handle.ts';
export { authorityWords } from './identity/authority-kinds.ts';
export { identityOperationSchema } from './identity/identity-operation.ts';
export type { DeclaredTeam } from './workspace/declared-team.ts';
export type {
  AccessTokens,
  CreatedAccessToken,
  VerifiedAccessToken,
} from './access-tokens/handle.ts';
export type {
  ApproverGrant,
  Approvers,
  EnrolledPasskey,
  EnrolmentResult,
  GrantApproverInput,
  InstallationGrade,
  LinkAccountInput,
  LinkedAccount,
  Unconfirmed,
  OpenedSession,
  OpenSession,
  PageSession,
  PasskeyQuestion,
  PendingPasskey,
  VouchedSignIn,
} from './approvers/handle.ts';
export type { HostSessionProof, HostSessionVerifier } from './approvers/host-session.ts';
export { localRelyingParty, type RelyingParty } from './approvers/relying-party.ts';
export type { PasskeyOptions } from './approvers/webauthn-responses.ts';
export { createJsonLogger } from './json-logger.ts';
export {
  containsSensitiveText,
  createTextRedactor,
  type TextRedactor,
} from './redaction/create-text-redactor.ts';
export type {
  RedactedKind,
  RedactionFinding,
  RedactionLevel,
} from './redaction/redaction-rule.ts';
export { systemClock, type Clock } from './clock.ts';
export {
  AdjutantError,
  type AdjutantErrorAudience,
  type AdjutantErrorCode,
  type AdjutantErrorOptions,
} from './errors.ts';
export { silentLogger, type Logger, type LogLevel } from './logger.ts';
export { inTrace, type TraceFields } from './tracing/trace-scope.ts';
export type {
  Span,
  SpanAttributes,
  SpanIdentity,
  SpanStart,
  TraceContext,
  Tracer,
} from './tracing/tracer.ts';
export type * from './operations/operating-figures.ts';
export {
  defineConnector,
  defineStream,
  type Batch,
  type CheckItem,
  type CheckReport,
  type ConfiguredConnector,
  type ConnectorContext,
  type ConnectorDefinition,
  type ReadMode,
  type ReadRequest,
  type RequestBudget,
  type Scope,
  type SourceRecord,
  type StoredDelivery,
  type StreamDefinition,
  type StreamState,
  type TriedAgainst,
} from './sync/define-connector.ts';
export type {
  ClickReceiver,
  ClickVerdict,
  SignedClick,
} from './approvers/click-receiver.ts';
export type {
  ApprovalCard,
  ApprovalCards,
  CardOutcome,
  CardPlace,
  CardSearch,
} from './cards/approval-cards.ts';
export type { FailedDelivery } from './webhooks/failed-delivery.ts';
export type {
  InteractionDesk,
  InteractionRoute,
  ReceivedInteraction,
} from './webhooks/interaction-desk.ts';
export { headerReader } from './webhooks/header-reader.ts';
export type {
  ReplayedDeliveries,
  DeliveryReplayQuery,
  ReceivedWebhook,
  Webhooks,
} from './webhooks/webhooks.ts';
export { matchesAnyHmac, matchesHmac } from './webhooks/matches-hmac.ts';
export type {
  UnverifiedWebhook,
  WebhookHint,
  WebhookAnswer,
  WebhookReceiver,
  WebhookRefusal,
  WebhookRequest,
  WebhookVerdict,
} from './webhooks/webhook-receiver.ts';
export type {
  ActionStatistics,
  AssistantActions,
  ElicitedAnswer,
  WorkerState,
  WorkspaceActions,
} from './actions/assistant-actions.ts';
export type {
  ActionDetail,
  ActionPreview,
  Actions,
  ActionStop,
  ActionSummary,
  ActionTypeView,
  DecideInput,
  DecisionProof,
  DecisionView,
  ModifyInput,
  ProposeInput,
} from './actions/handle.ts';
export type {
  MeteredTextModel,
  TextAnswer,
  TextModel,
  TextRequest,
} from './text-model/text-model.ts';
export type {
  SearchAccess,
  SearchHit,
  SearchIndex,
  SearchKey,
  SearchKind,
  SearchPart,
  SearchQuery,
  SearchResult,
  SearchSubject,
  SearchVisibility,
} from './search/search-index.ts';
export type {
  AskQuery,
  FoundItem,
  FoundKind,
  Knowledge,
  KnowledgeAnswer,
  KnownOwners,
  SearchAnswer,
  SearchWorkspaceQuery,
  WhoKnowsAnswer,
} from './knowledge/handle.ts';
export type {
  AnswerCandidate,
  AnswerQuestion,
  ChosenAnswer,
  DocumentCitation,
  KnowledgeMethod,
  TermCounts,
  SplitDocument,
} from './knowledge/knowledge-method.ts';
export { documentsStream } from './knowledge/documents-stream.ts';
export type { Embedder } from './knowledge/embedder.ts';
export { headingSeparator } from './search/search-index.ts';
export type { IndexLag } from './search/lag-figures.ts';
export { isStopWord, questionTerms, type QuestionTerm } from './search/question-terms.ts';
export { snippetOf, type TextSnippet } from './search/text-snippet.ts';
export { termsOf, type Word, wordsOf } from './search/words.ts';
export { canonicalJson } from './canonical-json.ts';
export { type Cell, toCsv } from './export/csv.ts';
export { toJsonLines } from './export/json-lines.ts';
export { metricColumns, type MetricRow, metricRows } from './export/metric-rows.ts';
export { type CheckpointFile, readCheckpointFiles } from './audit/checkpoint-files.ts';
export { fileSigningKey, type SigningKeyProvider } from './audit/file-signing-key.ts';
export type { Checkpoint, SigningKey } from './audit/checkpoint-text.ts';
export type { FindingCode, LedgerFinding } from './audit/finding.ts';
export type {
  Audit,
  AuditDetail,
  AuditPage,
  AuditQuery,
  CheckpointOptions,
  CheckpointPlan,
  PersonalField,
  WrittenCheckpoint,
} from './audit/handle.ts';
export type { LedgerReport, StoreRestore, VerifyOptions } from './audit/ledger-report.ts';
export type {
  CitationChange,
  CitationExplanation,
  CitedFigure,
  CitedRow,
} from './citations/handle.ts';
export type { ContactPreferences, ContactWishes } from './contacts/handle.ts';
export type { DayWork, DayWorkItem, UnmappedAccount } from './reports/day-work-schema.ts';
export type {
  ListReportsQuery,
  ReminderWish,
  ReportInput,
  ReportPage,
  ReportReminders,
  ReportRevision,
  ReportSearch,
  Reports,
  ReportSummary,
  ReportView,
  SharedReports,
  SubmittedReport,
} from './reports/handle.ts';
export type {
  DeclaredHours,
  Load,
  LoadDay,
  LoadFigure,
  LoadFigureId,
  LoadItem,
  OwnHours,
  OwnLoad,
  TeamLoad,
} from './load/handle.ts';
export type { NoteDraft } from './notes/handle.ts';
export type {
  DataMapEntry,
  Privacy,
  PrivacyReport,
  RefusalCount,
  RefusalPage,
  RefusedQuestions,
  SourceAccess,
  VisibilityEntry,
} from './privacy/handle.ts';
export { type HandlePath, handleSurface, type SurfaceEntry } from './privacy/handle-surface.ts';
export type { NeverExists } from './privacy/never-exists.ts';
export { type Refusal, refusalReasons, type RefusalReason } from './privacy/refusal.ts';
export type { PrivacyThreshold } from './privacy/thresholds.ts';
export {
  type Grant,
  type Granted,
  grants,
  type InformationClass,
  informationClasses,
  visibility,
  type ViewerRelation,
  viewerRelations,
  type VisibilityRule,
} from './privacy/visibility.ts';
export type { Projects } from './projects/handle.ts';
export type {
  AiAdoptionAnswer,
  AiImpact,
  AiImpactAnswer,
  AiImpactMeasure,
  AiImpactQuery,
} from './reads/ai-impact-handle.ts';
export type {
  CommitDifference,
  DeploymentHistory,
  DeploymentSummary,
  IncidentHistory,
  StatusHistory,
  StatusStretch,
  WorkHistory,
} from './reads/history-handle.ts';
export type {
  CarriedRequest,
  IncidentCourse,
  IncidentFollowUp,
  IncidentRoleHolder,
  Incidents,
  IncidentSummary,
  NearDeployment,
  NearThread,
} from './incidents/handle.ts';
export type {
  ReviewerReason,
  Reviewers,
  ReviewerSuggestion,
  SuggestedReviewer,
} from './reviewers/handle.ts';
export type {
  SprintReport,
  SprintReportItem,
  Sprints,
  SprintVelocityAnswer,
  VelocitySprint,
} from './reads/sprints-handle.ts';
export type {
  RollupAnswer,
  RollupFigure,
  RollupPass,
  RollupQuery,
  Rollups,
  RollupScope,
  RollupWeek,
} from './rollups/rollups-handle.ts';
export type { TeamProposal } from './teams/propose-teams.ts';
export type { TeamProposals } from './teams/handle.ts';
export type { DomainRows } from './sync/domain-rows.ts';
export type {
  AiMark,
  AnswerMeta,
  CitedMetricValue,
  ExcludedRows,
  ExplainedRow,
  ForecastAnswer,
  ForecastQuery,
  GapNote,
  IdentityChangeSummary,
  IdentityReview,
  IdentitySuggestion,
  ListWorkQuery,
  MetricAnswer,
  MetricComparison,
  MetricExplanation,
  MetricQuery,
  Page,
  PersonSummary,
  RepositorySummary,
  SourceStatus,
  StreamStatus,
  SyncStatus,
  TeamOverview,
  UnmatchedPerson,
  WorkDetail,
  WorkKind,
  WorkspaceHandle,
  WorkSummary,
} from './workspace/handle.ts';
export {
  defineAction,
  type ActionContext,
  type ActionDefinition,
  type ActionTarget,
  type AnyActionDefinition,
  type ApprovedEffect,
  type ExecuteResult,
  type JsonObject,
  type JsonValue,
  type Preparation,
  type PreviewFact,
  type ProbeResult,
} from './actions/define-action.ts';
export {
  type ActionTypeInfo,
  knownActionTypes,
  policyActionTypes,
} from './policy/action-types.ts';
export {
  comparePolicies,
  policyDifferences,
  type PolicyDifference,
  type PolicyOrder,
} from './policy/compare-policies.ts';
export { type CompiledPolicy, compilePolicy } from './policy/compile-policy.ts';
export type { PolicyStep } from './policy/judge-action.ts';
export { defaultPolicy } from './policy/default-policy.ts';
export {
  type ExplainedStep,
  explainPolicy,
  type PolicyExplanation,
} from './policy/explain-policy.ts';
export { loadPolicyFile, policyFileName, readPolicyText } from './policy/load-policy-file.ts';
export {
  type ParsedPolicy,
  type ParseOptions as PolicyParseOptions,
  parsePolicy,
  policyProblems,
} from './policy/parse-policy.ts';
export { policyCase } from './policy/policy-case.ts';
export type { PolicyPlace, PolicyProblem } from './policy/policy-document.ts';
export type { PolicyEngine, PolicyRequest, PolicyVerdict } from './policy/policy-engine.ts';
export type { PolicyState, WaitingPolicy } from './policy/policy-state.ts';
export { policyRules, type PolicyRuleView } from './policy/policy-rules.ts';
export {
  parsePolicyTable,
  type PolicyCaseResult,
  type PolicyTable,
  runPolicyTable,
} from './policy/policy-table.ts';
export type { StoredPolicy } from './policy/policy-state.ts';
export type {
  ActionRule,
  AllowedValues,
  AllowList,
  ConditionUse,
  PiiRedaction,
  Policy,
  PolicyLimits,
} from './policy/policy.ts';
export type { Notice, Notify } from './notices/notice.ts';
export type { KeyProvider } from './secrets/key-provider.ts';
export { isSecretName } from './secrets/secret-name.ts';
export { environmentKeys, keysFrom } from './secrets/listed-keys.ts';
export type { NamedKey } from './secrets/parse-keys.ts';
export { type FileKeys, fileKeys, type FileKeysOptions } from './secrets/file-keys.ts';
export type {
  KeySummary,
  RewrapResult,
  RotationResult,
  SecretRenewal,
  Secrets,
  SecretSummary,
  Unreadable,
} from './secrets/secrets.ts';
export {
  type CredentialProvider,
  type CredentialPurpose,
  type CredentialRequest,
  credentialFor,
  credentialName,
  environmentCredential,
  fileCredential,
  firstCredential,
  storedCredential,
} from './secrets/credential-provider.ts';
export type {
  AdjutantEvent,
  AdjutantEventName,
  AdjutantEvents,
  EventDetail,
} from './events/adjutant-events.ts';
export { createWebhookBus, type WebhookBusOptions } from './events/create-webhook-bus.ts';
export type { EventListener } from './events/create-event-bus.ts';
export type { DeadEvent, Outbox } from './events/event-dispatcher.ts';
export type { EventBus } from './events/event-bus.ts';
export type {
  DeadJob,
  JobHandler,
  JobResult,
  JobRunner,
  Jobs,
  JobSchedule,
  NewJob,
  RunningJob,
  StandingSchedule,
  WorkOptions,
} from './jobs/job-runner.ts';
export { parseMetricDefinition } from './metrics/parse-metric-definition.ts';
export { configureSignals, type SignalSettings } from './signals/configure-signals.ts';
export type { SignalPass } from './signals/signal-pass.ts';
export type {
  ReplayedFinding,
  ReplayQuery,
  SignalDetail,
  SignalEvidenceRow,
  SignalHistoryEntry,
  SignalQuery,
  SignalReplay,
  SignalRuleView,
  Signals,
} from './signals/handle.ts';
export { type SignalField, signalFields } from './signals/signal-fields.ts';
export {
  loadSignalRules,
  readSignalRules,
  type ReadRulesOptions,
  type SignalRuleFile,
} from './signals/yaml/read-signal-rules.ts';
export type { RuleExpectation, RuleTestResult } from './signals/yaml/rule-tests.ts';
export { defineSignal } from './signals/define-signal.ts';
export type {
  AnySignalRule,
  SignalContext,
  SignalOutcome,
  SignalRule,
} from './signals/define-signal.ts';
export type { StoreTrouble, StoreTroubleReason } from './store/store-trouble.ts';
