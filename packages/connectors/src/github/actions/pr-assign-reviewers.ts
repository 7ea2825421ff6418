import {
  AdjutantError,
  type AnyActionDefinition,
  type ApprovedEffect,
  defineAction,
  type ExecuteResult,
  type JsonObject,
  type Preparation,
  type ProbeResult,
} from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import { createAccess, type GithubAccess, quietPeriodMs } from '../writing/access.ts';
import { listed, neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { loginSchema, numberSchema, repositoryNameSchema } from '../writing/payloads.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import {
  boundRepository,
  type ReadRepository,
  readRepository,
  repositoryFact,
  requireName,
} from '../writing/read-repository.ts';
import {
  boundThread,
  loginsOf,
  readPullRequest,
  type ReadPullRequest,
  threadTarget,
} from '../writing/read-thread.ts';
import { threadRecipients } from '../writing/recipients.ts';

const mostReviewers = 15;
const payloadSchema = z
  .strictObject({
    repository: repositoryNameSchema,
    number: numberSchema,
    reviewers: z.array(loginSchema).max(mostReviewers).optional(),
    /** Slugs of teams of the organization that owns the repository. */
    teams: z
      .array(z.string().regex(/^[a-z0-9_.-]{1,100}$/, 'is the slug of a team'))
      .max(mostReviewers)
      .optional(),
  })
  .refine(
    ({ reviewers = [], teams = [] }) => reviewers.length + teams.length > 0,
    'names no reviewer',
  );
type Payload = z.infer<typeof payloadSchema>;

/** Asks people and teams for a review. */
export function prAssignReviewers(config: GithubConfig): AnyActionDefinition {
  return defineAction<Payload>({
    id: 'pr.assign_reviewers',
    title: 'Ask for reviews of a pull request',
    risk: 'medium',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      const access = createAccess(config, context);
      return await previewOf(access, await read(access, payload));
    },
    observe: async (context, payload) =>
      await observed(async () => boundOf(await read(createAccess(config, context), payload))),
    async execute(context, effect): Promise<ExecuteResult> {
      const { payload } = effect;
      const { reviewers = [], teams = [] } = payload;
      const access = createAccess(config, context);
      const sent = await access.send('POST', `${pathOf(payload)}/requested_reviewers`, {
        ...(reviewers.length > 0 ? { reviewers } : {}),
        ...(teams.length > 0 ? { team_reviewers: teams } : {}),
      });
      return sent.ok ? { outcome: 'applied', result: resultOf(payload) } : sent.result;
    },
    probe: async (context, effect) => await probe(createAccess(config, context), effect),
  });
}

interface Read {
  repository: ReadRepository;
  pullRequest: ReadPullRequest;
  people: readonly { id: number; login: string; reviews: number }[];
  teams: readonly { id: number; slug: string }[];
}

const accountSchema = z.object({ id: z.number(), login: z.string() });
const teamSchema = z.object({ id: z.number(), slug: z.string() });

async function read(access: GithubAccess, payload: Payload): Promise<Read> {
  const repository = await readRepository(access, payload.repository);
  requireName(repository.fullName, payload.repository);
  const pullRequest = await readPullRequest(access, repository, payload.number);
  const people: Read['people'][number][] = [];
  const reviews = await countReviews(access, payload);
  for (const login of payload.reviewers ?? []) {
    const path = `/users/${encodeURIComponent(login)}`;
    const account = await access.find(path, accountSchema, 'this account');
    if (account === null) throw unknownReviewer(login);
    if (account.id === pullRequest.user?.id) throw authorAsked(login);
    people.push({ ...account, reviews: reviews.get(account.id) ?? 0 });
  }
  const teams: z.infer<typeof teamSchema>[] = [];
  for (const slug of payload.teams ?? []) {
    const path = `/orgs/${repository.owner}/teams/${slug}`;
    const team = await access.find(path, teamSchema, 'this team');
    if (team === null) throw unknownReviewer(`${repository.owner}/${slug}`);
    teams.push(team);
  }
  return { repository, pullRequest, people, teams };
}

async function previewOf(access: GithubAccess, found: Read): Promise<Preparation> {
  const { repository, pullRequest, people, teams } = found;
  const logins = people.map(({ login }) => login);
  const names = teams.map(({ slug }) => `${repository.owner}/${slug}`);
  return {
    target: threadTarget(pullRequest, repository),
    preconditions: boundOf(found),
    facts: [
      repositoryFact(repository),
      plain('Base', neutralText(pullRequest.base.ref)),
      plain(
        'Asks',
        listed(
          [...logins, ...names].map((name) => `@${name}`),
          30,
        ),
      ),
      pullRequest.state === 'open' ? plain('State', 'open') : warning('State', 'not open'),
      ...(pullRequest.draft === true ? [warning('Draft', 'yes')] : []),
      plain('Title', neutralText(pullRequest.title)),
      plain('Author', neutralText(pullRequest.user?.login ?? 'an account that is gone')),
      ...(await credentialFacts(access)),
    ],
    recipients: threadRecipients({
      repository: repository.fullName,
      logins: [...logins, ...loginsOf(pullRequest)],
      teams: names,
    }),
    content: null,
    conditions: {
      channel_public: repository.isPublic,
      draft: pullRequest.draft ?? null,
      contains_command: false,
    },
    excludedAccounts: [],
    nudges: people.map(({ id }) => ({
      source: 'github',
      externalId: String(id),
      itemKey: `${repository.fullName}#${pullRequest.number}`,
    })),
  };
}

function boundOf({ repository, pullRequest, people, teams }: Read): JsonObject {
  return {
    ...boundRepository(repository),
    ...boundThread(pullRequest),
    reviewers: people.map(({ id, login, reviews }) => ({ id, login, reviews })),
    teams: teams.map(({ id, slug }) => ({ id, slug })),
  };
}

function pathOf({ repository, number }: Payload): string {
  return `/repos/${repository}/pulls/${number}`;
}

function resultOf({ reviewers = [], teams = [] }: Payload): JsonObject {
  return { reviewers: [...reviewers], teams: [...teams] };
}

const requestedSchema = z.object({
  requested_reviewers: z.array(accountSchema).nullish(),
  requested_teams: z.array(teamSchema).nullish(),
});
const reviewsSchema = z.array(z.object({ user: accountSchema.nullish() }));
const pageSize = 100;
const mostPages = 30;

/** Returns how often each account has reviewed so far. */
async function countReviews(access: GithubAccess, payload: Payload): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (let page = 1; page <= mostPages; page += 1) {
    const query = { per_page: pageSize, page };
    const path = `${pathOf(payload)}/reviews`;
    const reviews = await access.get(path, reviewsSchema, 'these reviews', query);
    for (const { user } of reviews) {
      if (user) counts.set(user.id, (counts.get(user.id) ?? 0) + 1);
    }
    if (reviews.length < pageSize) break;
  }
  return counts;
}

const boundSchema = z.object({
  reviewers: z.array(z.object({ id: z.number(), reviews: z.number() })),
  teams: z.array(z.object({ id: z.number() })),
});

/** Whoever has answered is no longer asked: a review that is new tells as well. */
async function probe(
  access: GithubAccess,
  { payload, preconditions }: ApprovedEffect<Payload>,
): Promise<ProbeResult> {
  const bound = boundSchema.parse(preconditions);
  const asked = await access.get(pathOf(payload), requestedSchema, 'this pull request');
  const reviews = await countReviews(access, payload);
  const people = new Set((asked.requested_reviewers ?? []).map(({ id }) => id));
  const teams = new Set((asked.requested_teams ?? []).map(({ id }) => id));
  const isAsked =
    bound.reviewers.every(
      (one) => people.has(one.id) || (reviews.get(one.id) ?? 0) > one.reviews,
    ) && bound.teams.every(({ id }) => teams.has(id));
  return isAsked ? { outcome: 'applied', result: resultOf(payload) } : { outcome: 'absent' };
}

function unknownReviewer(name: string): AdjutantError {
  return new AdjutantError('InvalidInput', `GitHub shows no ${neutralText(name, 120)}.`, {
    source: 'github',
    hint: 'Name accounts and teams that can see the repository.',
  });
}

function authorAsked(login: string): AdjutantError {
  return new AdjutantError('InvalidInput', `${neutralText(login, 60)} wrote this pull request.`, {
    source: 'github',
    hint: 'Ask somebody else for a review.',
  });
}
