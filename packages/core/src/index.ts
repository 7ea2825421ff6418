export type {
  Adjutant,
  AdjutantOptions,
  StreamResult,
  SyncOptions,
  SyncProgress,
  SyncSummary,
} from './adjutant.ts';
export { createAdjutant } from './create-adjutant.ts';
export type { DeclaredPerson } from './identity/resolve-accounts.ts';
export type { DeclaredTeam } from './workspace/declared-team.ts';
export { createJsonLogger } from './json-logger.ts';
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
  type StreamDefinition,
  type StreamState,
} from './sync/define-connector.ts';
export type {
  AssistantActions,
  ElicitedAnswer,
  WorkerState,
} from './actions/assistant-actions.ts';
export type {
  ActionDetail,
  ActionPreview,
  Actions,
  ActionSummary,
  DecideInput,
  DecisionProof,
  DecisionView,
  ModifyInput,
  ProposeInput,
} from './actions/handle.ts';
export type { Projects } from './projects/handle.ts';
export type { TeamProposal } from './teams/propose-teams.ts';
export type { TeamProposals } from './teams/handle.ts';
export type { DomainRows } from './sync/domain-rows.ts';
export type {
  AiMark,
  AnswerMeta,
  ExplainedRow,
  GapNote,
  IdentityChangeSummary,
  IdentitySuggestion,
  ListWorkQuery,
  MetricAnswer,
  MetricComparison,
  MetricQuery,
  Page,
  PersonSummary,
  RepositorySummary,
  StreamStatus,
  SyncStatus,
  TeamOverview,
  WorkDetail,
  WorkKind,
  WorkspaceHandle,
  WorkSummary,
} from './workspace/handle.ts';
