import type { ReadMode } from '../../packages/core/src/index.ts';

/**
 * In which modes each stream reads, as `read-modes.test.ts` found by trying. Where `incremental` is
 * missing, every pass reads the whole again; where `census` is missing, what is deleted is found in
 * another way or not at all, as the page of the connector says.
 */
export const readModes: Readonly<Record<string, Readonly<Record<string, readonly ReadMode[]>>>> = {
  // What was sent is read from the store by its number, which its conformance suite tries.
  events: { events: ['backfill', 'incremental'] },
  git: {
    history: ['backfill', 'incremental'],
    releases: ['backfill', 'incremental'],
    mailmap: ['backfill', 'incremental'],
    owners: ['backfill', 'incremental'],
    documents: ['backfill', 'incremental'],
  },
  github: {
    repositories: ['backfill'],
    commits: ['backfill', 'incremental'],
    pull_requests: ['backfill', 'incremental', 'census', 'refetch'],
    pull_request_files: ['backfill', 'incremental', 'refetch'],
    issues: ['backfill', 'incremental', 'census', 'refetch'],
    releases: ['backfill', 'incremental', 'census', 'refetch'],
    deployments: ['backfill', 'incremental', 'census', 'refetch'],
    workflow_runs: ['backfill', 'incremental'],
    tags: ['backfill', 'census'],
    members: ['backfill', 'incremental', 'census'],
    teams: ['backfill', 'incremental', 'census'],
    copilot_usage: ['backfill', 'incremental', 'census'],
    documents: ['backfill', 'incremental'],
  },
  jira: {
    users: ['backfill', 'incremental'],
    // Sprints that no board lists any more are asked for by themselves.
    sprints: ['backfill', 'incremental', 'census'],
    issues: ['backfill', 'incremental', 'census', 'refetch'],
  },
  pagerduty: {
    users: ['backfill', 'incremental', 'census'],
    on_calls: ['backfill', 'incremental', 'census'],
    incidents: ['backfill', 'incremental', 'refetch'],
  },
  slack: {
    users: ['backfill', 'incremental', 'census'],
    usergroups: ['backfill', 'census'],
    channels: ['backfill'],
    threads: ['backfill', 'incremental', 'census'],
  },
};
