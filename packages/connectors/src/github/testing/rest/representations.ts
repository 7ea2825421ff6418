import type {
  TwinActor,
  TwinOrganization,
  TwinRepository,
  TwinWorkflow,
  TwinWorkflowRun,
} from '../data/records.ts';
import { dateTime } from '../graphql/field-table.ts';
import { nodeId } from '../graphql/node-id.ts';

/** Where links in answers point to. */
export interface Places {
  /** The REST interface itself. */
  api: string;
  web: string;
}

export function userOf(actor: TwinActor | TwinOrganization, { api, web }: Places) {
  return {
    // REST writes what GraphQL leaves away.
    login: actor.type === 'Bot' ? `${actor.login}[bot]` : actor.login,
    id: actor.id,
    node_id: nodeId(actor),
    avatar_url: `${web}/avatars/${actor.id}`,
    url: `${api}/users/${actor.login}`,
    html_url: `${web}/${actor.login}`,
    type: actor.type,
    site_admin: false,
  };
}

export function viewerOf(actor: TwinActor, places: Places) {
  return {
    ...userOf(actor, places),
    name: actor.name,
    email: actor.email,
    company: null,
    location: null,
    created_at: dateTime(actor.createdAt),
    updated_at: dateTime(actor.createdAt),
  };
}

export function repositoryOf(repository: TwinRepository, places: Places) {
  const { owner, name } = repository;
  const fullName = `${owner.login}/${name}`;
  return {
    id: repository.id,
    node_id: nodeId(repository),
    name,
    full_name: fullName,
    private: repository.isPrivate,
    visibility: repository.isPrivate ? 'private' : 'public',
    owner: userOf(owner, places),
    html_url: `${places.web}/${fullName}`,
    url: `${places.api}/repos/${fullName}`,
    description: repository.description,
    fork: repository.isFork,
    archived: repository.isArchived,
    disabled: false,
    default_branch: repository.defaultBranch,
    allow_merge_commit: repository.mergeMethods.merge,
    allow_squash_merge: repository.mergeMethods.squash,
    allow_rebase_merge: repository.mergeMethods.rebase,
    has_issues: true,
    created_at: dateTime(repository.createdAt),
    updated_at: dateTime(repository.updatedAt),
    pushed_at: dateTime(repository.pushedAt),
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
  };
}

export function workflowOf(workflow: TwinWorkflow, repository: TwinRepository, { api }: Places) {
  const { owner, name } = repository;
  return {
    id: workflow.id,
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: dateTime(workflow.createdAt),
    updated_at: dateTime(workflow.createdAt),
    url: `${api}/repos/${owner.login}/${name}/actions/workflows/${workflow.id}`,
  };
}

export function workflowRunOf(
  run: TwinWorkflowRun,
  workflow: TwinWorkflow,
  repository: TwinRepository,
  places: Places,
) {
  const base = `repos/${repository.owner.login}/${repository.name}/actions/runs/${run.id}`;
  return {
    id: run.id,
    name: workflow.name,
    path: workflow.path,
    workflow_id: workflow.id,
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    repository: repositoryOf(repository, places),
    head_repository: headRepositoryOf(run, repository, places),
    actor: userOf(run.actor, places),
    triggering_actor: userOf(run.triggeringActor ?? run.actor, places),
    created_at: dateTime(run.createdAt),
    run_started_at: dateTime(run.startedAt),
    updated_at: dateTime(run.updatedAt),
    url: `${places.api}/${base}`,
    html_url: `${places.web}/${base.slice('repos/'.length)}`,
  };
}

function headRepositoryOf(
  { headCopy }: TwinWorkflowRun,
  repository: TwinRepository,
  places: Places,
) {
  const own = repositoryOf(repository, places);
  if (headCopy === undefined || headCopy === null) return headCopy === null ? null : own;
  const { id, owner } = headCopy;
  const full_name = `${owner}/${repository.name}`;
  return { ...own, id, full_name, fork: true, owner: { ...own.owner, login: owner } };
}

const jobNames = ['build', 'test'];

interface ShownJob {
  name: string;
  status: TwinWorkflowRun['status'];
  conclusion: TwinWorkflowRun['conclusion'];
  startedAt: number;
  completedAt: number | null;
}

/** The jobs of one attempt at a run. */
export function workflowJobsOf(
  run: TwinWorkflowRun,
  attempt: number,
  repository: TwinRepository,
  { api }: Places,
) {
  return jobsOfAttempt(run, attempt).map((job, position) => {
    const id = run.id * 1_000 + attempt * 10 + position;
    return {
      id,
      run_id: run.id,
      run_attempt: attempt,
      name: job.name,
      head_sha: run.headSha,
      status: job.status,
      conclusion: job.conclusion,
      started_at: dateTime(job.startedAt),
      completed_at: dateTime(job.completedAt),
      url: `${api}/repos/${repository.owner.login}/${repository.name}/actions/jobs/${id}`,
    };
  });
}

/** Those that were told; else two, of which the last one ends as the run did and the other one well. */
function jobsOfAttempt(run: TwinWorkflowRun, attempt: number): ShownJob[] {
  if (run.jobs !== undefined) {
    return run.jobs
      .filter((job) => job.attempt === attempt)
      .map((job) => ({ ...job, status: 'completed' as const }));
  }
  const { startedAt } = run;
  const isLast = attempt === run.attempt;
  const completedAt = isLast && run.status !== 'completed' ? null : run.updatedAt;
  return jobNames.map((name, position): ShownJob => {
    const isWell = isLast && position < jobNames.length - 1;
    const status = isLast ? run.status : 'completed';
    if (!isLast) return { name, status, conclusion: 'failure', startedAt, completedAt };
    const conclusion = isWell && run.conclusion !== null ? 'success' : run.conclusion;
    return { name, status, conclusion, startedAt, completedAt };
  });
}
