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
export type { DeclaredPerson } from './identity/resolve-accounts.ts';
export type { DeclaredTeam } from './workspace/declared-team.ts';
export type { Approvers, PasskeyQuestion } from './approvers/handle.ts';
export type { EnrolmentResult } from './approvers/handle.ts';
export type { LinkAccountInput, LinkedAccount } from './approvers/handle.ts';
export type { ApproverGrant, GrantApproverInput } from './approvers/handle.ts';
export type { InstallationGrade } from './approvers/handle.ts';
export type { OpenedSession, PageSession } from './approvers/handle.ts';
export type { HostSessionProof, HostSessionVerifier } from './approvers/host-session.ts';
export { localRelyingParty, type RelyingParty } from './approvers/relying-party.ts';
export type { EnrolledPasskey } from './approvers/handle.ts';
export type { PendingPasskey } from './approvers/handle.ts';
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
export type { InteractionDesk, ReceivedInteraction } from './webhooks/interaction-desk.ts';
export { headerReader } from './webhooks/header-reader.ts';
export type { ReceivedWebhook, Webhooks } from './webhooks/webhooks.ts';
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
export type { LedgerReport, VerifyOptions } from './audit/ledger-report.ts';
export type {
  CitationChange,
  CitationExplanation,
  CitedFigure,
  CitedRow,
} from './citations/handle.ts';
export type { ContactPreferences, ContactWishes } from './contacts/handle.ts';
export type {
  SignalDetail,
  SignalHistoryEntry,
  SignalQuery,
  SignalRuleView,
  Signals,
} from './signals/handle.ts';
export type { SignalPass } from './signals/signal-pass.ts';
export type { NoteDraft } from './notes/handle.ts';
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
