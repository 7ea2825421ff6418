import { defineStream } from '@adjutant/core';
import { z } from 'zod';

/** Invented text of the size and nesting that code hosts answer with for one pull request. */
export function largePayloads(count: number): string[] {
  return Array.from({ length: count }, (_, position) => JSON.stringify(pullRequest(position)));
}

const host = 'https://code.example.com/api';

function pullRequest(position: number): object {
  const repository = `acme/service-${position % 60}`;
  const openedAt = new Date(1_780_000_000_000 + position * 60_000).toISOString();
  const url = `${host}/repos/${repository}/pulls/${position}`;
  return {
    url,
    ...links(url, ['html', 'diff', 'patch', 'issue', 'commits', 'comments', 'statuses']),
    id: 1_000_000 + position,
    node_id: `PR_${position}`,
    number: position,
    state: 'closed',
    locked: false,
    title: `Change ${position}: make the thing do what it should have done before`,
    user: user(position),
    body: 'What was wrong, why it was, and how this puts it right. '.repeat(40),
    created_at: openedAt,
    updated_at: openedAt,
    closed_at: openedAt,
    merged_at: openedAt,
    merge_commit_sha: position.toString(16).padStart(40, '0'),
    assignees: [user(position + 1), user(position + 2)],
    requested_reviewers: [user(position + 3)],
    labels: Array.from({ length: 4 }, (_, label) => ({
      id: label,
      url: `${host}/repos/${repository}/labels/${label}`,
      name: `label ${label}`,
      color: 'ededed',
      default: false,
      description: 'What this label is for, in a few words.',
    })),
    draft: false,
    head: branch(`topic-${position}`, repository, position),
    base: branch('main', repository, position),
    _links: Object.fromEntries(
      ['self', 'html', 'issue', 'comments', 'review_comments', 'commits', 'statuses'].map(
        (name) => [name, { href: `${url}/${name}` }],
      ),
    ),
    milestone: {
      ...links(`${host}/repos/${repository}/milestones/1`, ['html', 'labels']),
      id: 1,
      number: 1,
      title: 'The next release',
      description: 'What is to be in it.',
      creator: user(position + 5),
      open_issues: 4,
      closed_issues: 8,
      state: 'open',
      created_at: openedAt,
      due_on: null,
    },
    auto_merge: null,
    active_lock_reason: null,
    author_association: 'MEMBER',
    mergeable: null,
    rebaseable: null,
    mergeable_state: 'unknown',
    review_comments: 5,
    maintainer_can_modify: false,
    merged: true,
    merged_by: user(position + 4),
    comments: 3,
    commits: 4,
    additions: position % 900,
    deletions: position % 400,
    changed_files: 7,
  };
}

function links(url: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`${name}_url`, `${url}/${name}{/name}`]));
}

const userLinks = 'html followers following gists starred subscriptions organizations repos events';

function user(position: number): object {
  const login = `person-${position % 300}`;
  return {
    login,
    id: position % 300,
    node_id: `U_${position}`,
    avatar_url: `https://avatars.example.com/u/${position}?v=4`,
    ...links(`${host}/users/${login}`, userLinks.split(' ')),
    type: 'User',
    site_admin: false,
  };
}

const repositoryLinks =
  'html forks keys collaborators teams hooks issue_events events assignees branches tags blobs git_tags git_refs trees statuses languages stargazers contributors subscribers subscription commits git_commits comments issue_comment contents compare merges archive downloads issues pulls milestones notifications labels releases deployments';

function branch(ref: string, repository: string, position: number): object {
  return {
    label: `acme:${ref}`,
    ref,
    sha: position.toString(16).padStart(40, 'a'),
    user: user(position),
    repo: {
      id: position % 60,
      node_id: `R_${position % 60}`,
      name: repository.split('/')[1],
      full_name: repository,
      private: true,
      owner: user(0),
      description: 'What this service does and whom to ask about it, in a sentence or two.',
      fork: false,
      ...links(`${host}/repos/${repository}`, repositoryLinks.split(' ')),
      created_at: '2020-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
      pushed_at: '2026-01-01T00:00:00Z',
      git_url: `git://code.example.com/${repository}.git`,
      ssh_url: `git@code.example.com:${repository}.git`,
      clone_url: `https://code.example.com/${repository}.git`,
      homepage: null,
      size: 108_000,
      stargazers_count: 12,
      watchers_count: 12,
      language: 'TypeScript',
      has_issues: true,
      has_projects: true,
      has_downloads: true,
      has_wiki: false,
      has_pages: false,
      has_discussions: false,
      forks_count: 0,
      mirror_url: null,
      archived: false,
      disabled: false,
      license: { key: 'mit', name: 'MIT License', url: `${host}/licenses/mit`, node_id: 'L_1' },
      allow_forking: true,
      is_template: false,
      web_commit_signoff_required: false,
      default_branch: 'main',
      open_issues_count: 12,
      topics: ['service', 'payments', 'internal', 'team-a'],
      visibility: 'private',
      permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
    },
  };
}

const payloadSchema = z.object({
  id: z.number(),
  number: z.number().int(),
  state: z.enum(['open', 'closed']),
  title: z.string(),
  draft: z.boolean().nullish(),
  user: z.object({ id: z.number() }).nullish(),
  created_at: z.iso.datetime(),
  closed_at: z.iso.datetime().nullish(),
  merged_at: z.iso.datetime().nullish(),
  merge_commit_sha: z.string().nullish(),
  head: z.object({ ref: z.string(), sha: z.string() }),
  base: z.object({ ref: z.string() }),
  additions: z.number().int().nullish(),
  deletions: z.number().int().nullish(),
});

/** A stream over such payloads, made as connectors make theirs. */
export const largePayloadStream = defineStream({
  id: 'pull_requests',
  title: 'Pull requests of an invented code host',
  payloadSchema,
  async *read() {},
  map: (payload, scope) => ({
    pullRequests: [
      {
        source: 'example',
        externalId: String(payload.id),
        repositoryExternalId: scope.externalId,
        number: payload.number,
        title: payload.title,
        state: payload.merged_at ? 'merged' : payload.state,
        originalState: payload.state,
        isDraft: payload.draft ?? null,
        authorAccountExternalId: payload.user ? String(payload.user.id) : null,
        openedAt: Date.parse(payload.created_at),
        mergedAt: payload.merged_at ? Date.parse(payload.merged_at) : null,
        closedAt: payload.closed_at ? Date.parse(payload.closed_at) : null,
        mergeSha: payload.merge_commit_sha ?? null,
        headSha: payload.head.sha,
        headRef: payload.head.ref,
        baseRef: payload.base.ref,
        additions: payload.additions ?? null,
        deletions: payload.deletions ?? null,
        readyAt: null,
        updatedAt: null,
        firstCommitAt: null,
        mergeMethod: null,
        labels: [],
        changedFiles: null,
        mergedByAccountExternalId: null,
        revertsNumber: null,
      },
    ],
  }),
});
