import type { DomainRows, Scope } from '@adjutant/core';
import type { Deployment, PipelineJob, PipelineRun } from '@adjutant/core/domain';
import { boundedText } from '../../commits/text.ts';
import type { GithubConfig } from '../config.ts';
import { AccountCollector } from './accounts.ts';
import type {
  DeploymentPayload,
  ReleasePayload,
  TagPayload,
  WorkflowJobPayload,
  WorkflowRunPayload,
} from './delivery-payload.ts';
import { environmentName } from './environment-name.ts';
import { firstInstant, toInstant } from './instants.ts';

const source = 'github';
const maxNameLength = 300;
type MapConfig = Pick<GithubConfig, 'baseUrl' | 'productionEnvironments'>;

/** Returns the rows that a release stands for; a draft stands for none yet. Pure. */
export function mapRelease(payload: ReleasePayload, scope: Scope, config: MapConfig): DomainRows {
  const releasedAt = firstInstant(payload.publishedAt, payload.createdAt);
  if (payload.isDraft === true || releasedAt === null) return {};
  const { sha } = payload;
  const accounts = new AccountCollector(config);
  if (payload.author !== null && payload.author !== undefined) accounts.of(payload.author);
  if (sha === null || sha === undefined) return accounts.rows();
  const name = payload.name === null || payload.name === undefined ? '' : payload.name.trim();
  const rows: DomainRows = {
    ...accounts.rows(),
    releases: [
      {
        source,
        externalId: payload.id,
        repositoryExternalId: scope.externalId,
        name: boundedText(name === '' ? payload.tag : name, maxNameLength),
        sha,
        releasedAt,
      },
    ],
  };
  if (payload.deploys !== true || payload.isPrerelease === true) return rows;
  const deployment = doneDeployment(`release:${payload.id}`, sha, releasedAt, 'release', scope);
  return { ...rows, deployments: [deployment] };
}

/** Returns the rows that a tag stands for, where tags are what is deployed. Pure. */
export function mapTag(payload: TagPayload, scope: Scope): DomainRows {
  const at = toInstant(payload.at);
  if (at === null) return {};
  const id = `tag:${scope.externalId}@${boundedText(payload.name, maxNameLength)}`;
  return { deployments: [doneDeployment(id, payload.sha, at, 'tag', scope)] };
}

function doneDeployment(
  externalId: string,
  sha: string,
  finishedAt: number,
  origin: string,
  scope: Scope,
): Deployment {
  return {
    ...emptyDeployment(externalId, scope),
    environment: 'production',
    // The configuration says that it was deployed; nothing says how it went.
    result: 'success',
    sha,
    finishedAt,
    origin,
  };
}

/** Returns the rows that a deployment with its statuses stands for. Pure. */
export function mapDeployment(
  payload: DeploymentPayload,
  scope: Scope,
  config: MapConfig,
): DomainRows {
  const accounts = new AccountCollector(config);
  accounts.of(payload.creator);
  const outcome = outcomeOf(payload);
  const task = payload.task?.toLowerCase() ?? '';
  return {
    ...accounts.rows(),
    deployments: [
      {
        ...emptyDeployment(payload.id, scope),
        environment: environmentName(payload.environment, config),
        ...outcome,
        kind: task.includes('rollback') ? 'rollback' : task.includes('hotfix') ? 'hotfix' : null,
        sha: payload.sha ?? null,
        queuedAt: toInstant(payload.createdAt),
        origin: 'deployment',
      },
    ],
  };
}

/** The first word that settles it counts: a later deployment turns a success into `inactive`. */
function outcomeOf(
  payload: DeploymentPayload,
): Pick<Deployment, 'result' | 'originalResult' | 'startedAt' | 'finishedAt'> {
  const statuses = (payload.statuses ?? [])
    .map(({ state, at }) => ({ state: state.toUpperCase(), at: toInstant(at) }))
    .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const startedAt = statuses.find(({ state }) => state === 'IN_PROGRESS')?.at ?? null;
  const settled =
    statuses.find(({ state }) => state === 'SUCCESS') ??
    statuses.find(({ state }) => state === 'FAILURE' || state === 'ERROR');
  if (settled !== undefined) {
    const result = settled.state === 'SUCCESS' ? 'success' : 'failure';
    const originalResult = settled.state.toLowerCase();
    return { result, originalResult, startedAt, finishedAt: settled.at };
  }
  const state = (statuses.at(-1)?.state ?? payload.state ?? 'PENDING').toUpperCase();
  const originalResult = state.toLowerCase();
  // Only what had been active can become inactive; when it became active is not known.
  if (state === 'INACTIVE' || state === 'ACTIVE' || state === 'SUCCESS' || state === 'DESTROYED') {
    return { result: 'success', originalResult, startedAt, finishedAt: null };
  }
  const failed = state === 'FAILURE' || state === 'ERROR' || state === 'ABANDONED';
  return { result: failed ? 'failure' : 'running', originalResult, startedAt, finishedAt: null };
}

/** Returns the rows that a run of a workflow stands for. Pure. */
export function mapWorkflowRun(
  payload: WorkflowRunPayload,
  scope: Scope,
  config: MapConfig,
): DomainRows {
  const accounts = new AccountCollector(config);
  if (payload.actor !== null && payload.actor !== undefined) accounts.of(payload.actor);
  const result = resultOfRun(payload);
  const isOver = result !== 'running';
  const startedAt = firstInstant(payload.startedAt, payload.createdAt);
  const finishedAt = isOver ? toInstant(payload.updatedAt) : null;
  const original = [payload.conclusion, payload.status].find(isText)?.toLowerCase() ?? null;
  const run: PipelineRun = {
    source,
    externalId: payload.id,
    repositoryExternalId: scope.externalId,
    name: boundedText(payload.name ?? 'workflow', maxNameLength),
    result,
    originalResult: original,
    sha: payload.sha ?? null,
    branch: isText(payload.branch) ? boundedText(payload.branch, maxNameLength) : null,
    queuedAt: toInstant(payload.createdAt),
    startedAt,
    finishedAt,
  };
  const rows: DomainRows = { ...accounts.rows(), pipelineRuns: [run] };
  if (payload.deploys !== true || result === 'cancelled' || result === null) return rows;
  if (previewEvents.has(payload.event ?? '')) return rows;
  return {
    ...rows,
    deployments: [
      {
        ...emptyDeployment(`run:${payload.id}`, scope),
        environment: environmentName(payload.environment ?? 'production', config),
        result,
        originalResult: run.originalResult,
        sha: run.sha,
        queuedAt: run.queuedAt,
        startedAt,
        finishedAt,
        origin: 'workflow_run',
      },
    ],
  };
}

/** Returns the row of a job of a run. Pure. */
export function mapWorkflowJob(
  job: WorkflowJobPayload,
  runExternalId: string,
  scope: Scope,
): PipelineJob {
  const result = resultOfRun(job);
  return {
    source,
    externalId: job.id,
    runExternalId,
    repositoryExternalId: scope.externalId,
    name: boundedText(job.name ?? 'job', maxNameLength),
    attempt: job.attempt ?? 1,
    result,
    originalResult: [job.conclusion, job.status].find(isText)?.toLowerCase() ?? null,
    sha: job.sha ?? null,
    startedAt: toInstant(job.startedAt),
    finishedAt: result === 'running' ? null : toInstant(job.completedAt),
  };
}

/** What such a run brings out is a change that is not merged yet: a preview, if anything. */
const previewEvents: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_target',
  'merge_group',
]);

const runResults: Readonly<Record<string, PipelineRun['result']>> = {
  SUCCESS: 'success',
  FAILURE: 'failure',
  TIMED_OUT: 'failure',
  STARTUP_FAILURE: 'failure',
  CANCELLED: 'cancelled',
  // Neither a success nor a failure: nothing was tried, or a person was asked.
  NEUTRAL: null,
  SKIPPED: null,
  STALE: null,
  ACTION_REQUIRED: null,
};

function resultOfRun({
  status,
  conclusion,
}: Pick<WorkflowRunPayload, 'status' | 'conclusion'>): PipelineRun['result'] {
  const word = (conclusion ?? '').toUpperCase();
  if (word !== '') return runResults[word] ?? null;
  return status?.toUpperCase() === 'COMPLETED' ? null : 'running';
}

/** Of a run that goes on some answers give an empty conclusion, others none. */
function isText(word: string | null | undefined): word is string {
  return word !== null && word !== undefined && word !== '';
}

function emptyDeployment(externalId: string, scope: Scope): Deployment {
  return {
    source,
    externalId,
    repositoryExternalId: scope.externalId,
    serviceKey: null,
    environment: 'production',
    result: 'running',
    originalResult: null,
    kind: null,
    sha: null,
    previousExternalId: null,
    queuedAt: null,
    startedAt: null,
    finishedAt: null,
    origin: 'deployment',
  };
}
