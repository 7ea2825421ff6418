import {
  type ActionContext,
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
import { createAccess, type GithubAccess, quietPeriodMs } from './access.ts';
import { effectMark, marked } from './effect-mark.ts';
import { neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { type ExaminedText, examineText, raisedBy } from './outgoing-text.ts';
import { plain } from '../../writing/preview-facts.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import { audienceFact } from './preview.ts';
import { boundLabels, labelFacts, type ReadLabel, readLabels } from './read-labels.ts';
import {
  boundRepository,
  type ReadRepository,
  readRepository,
  repositoryFact,
  requireName,
} from './read-repository.ts';
import { threadRecipients } from './recipients.ts';

/** What an issue is made of. */
export interface NewIssue {
  repository: string;
  title: string;
  body: string;
  labels: readonly string[];
  assignees: readonly string[];
}

export interface IssueKind<Payload> {
  id: string;
  title: string;
  inputSchema: z.ZodType<Payload>;
  toIssue: (payload: Payload) => NewIssue;
  /** True where it must not call anybody. */
  isQuiet: boolean;
}

/** Returns an action that opens an issue and finds it again by a hidden mark. */
export function issueAction<Payload>(
  config: GithubConfig,
  kind: IssueKind<Payload>,
): AnyActionDefinition {
  const bound = async (access: GithubAccess, issue: NewIssue): Promise<JsonObject> =>
    boundOf(await read(access, issue));
  return defineAction<Payload>({
    id: kind.id,
    title: kind.title,
    risk: 'medium',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: kind.inputSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      const access = createAccess(config, context);
      const issue = kind.toIssue(payload);
      const text = await examineText(access, config, issue);
      if (kind.isQuiet && text.logins.length + text.teams.length > 0) throw callsSomebody();
      return await previewOf(access, { issue, text, found: await read(access, issue) });
    },
    observe: async (context, payload) =>
      await observed(async () => await bound(createAccess(config, context), kind.toIssue(payload))),
    execute: async (context, effect) =>
      await execute(config, context, { ...effect, payload: kind.toIssue(effect.payload) }),
    probe: async (context, effect) =>
      await probe(context, createAccess(config, context), {
        ...effect,
        payload: kind.toIssue(effect.payload),
      }),
  });
}

interface Read {
  repository: ReadRepository;
  labels: readonly ReadLabel[];
  assignees: readonly { id: number; login: string }[];
}

const accountSchema = z.object({ id: z.number(), login: z.string() });

async function read(access: GithubAccess, issue: NewIssue): Promise<Read> {
  const repository = await readRepository(access, issue.repository);
  requireName(repository.fullName, issue.repository);
  const labels = await readLabels(access, repository, issue.labels);
  const assignees: Read['assignees'][number][] = [];
  for (const login of issue.assignees) {
    const path = `/users/${encodeURIComponent(login)}`;
    assignees.push(await access.get(path, accountSchema, `account ${neutralText(login, 60)}`));
  }
  return { repository, labels, assignees };
}

function boundOf({ repository, labels, assignees }: Read): JsonObject {
  return {
    ...boundRepository(repository),
    labels: boundLabels(labels),
    assignees: assignees.map(({ id, login }) => ({ id, login })),
  };
}

async function previewOf(
  access: GithubAccess,
  { issue, text, found }: { issue: NewIssue; text: ExaminedText; found: Read },
): Promise<Preparation> {
  const { repository, labels, assignees } = found;
  const people = [...assignees, ...text.people];
  return {
    target: {
      source: 'github',
      externalId: String(repository.id),
      ref: repository.fullName,
      url: null,
    },
    preconditions: boundOf(found),
    facts: [
      repositoryFact(repository),
      audienceFact(repository),
      ...text.facts,
      ...labelFacts(labels),
      ...assignees.map(({ login }) => plain('Assigns', neutralText(login))),
      plain('Title', neutralText(issue.title, 300)),
      plain('Adds', 'a mark that GitHub does not show, by which the issue is found again'),
      ...(await credentialFacts(access)),
    ],
    recipients: threadRecipients({
      repository: repository.fullName,
      logins: [...issue.assignees, ...text.logins],
      teams: text.teams,
    }),
    content: `${issue.title}\n\n${issue.body}`,
    conditions: { channel_public: repository.isPublic, contains_command: text.containsCommand },
    excludedAccounts: [],
    nudges: people.map(({ id }) => ({
      source: 'github',
      externalId: String(id),
      itemKey: `${repository.fullName}: ${issue.title.slice(0, 100)}`,
    })),
    ...raisedBy(text),
  };
}

const issueSchema = z.object({
  number: z.number(),
  html_url: z.string().nullish(),
  body: z.string().nullish(),
  created_at: z.string(),
});

async function execute(
  config: GithubConfig,
  context: ActionContext,
  { payload, effectKey }: ApprovedEffect<NewIssue>,
): Promise<ExecuteResult> {
  const { repository, title, body, labels, assignees } = payload;
  const sent = await createAccess(config, context).send('POST', `/repos/${repository}/issues`, {
    title,
    body: marked(body, effectKey),
    ...(labels.length > 0 ? { labels } : {}),
    ...(assignees.length > 0 ? { assignees } : {}),
  });
  if (!sent.ok) return sent.result;
  return { outcome: 'applied', result: resultOf(issueSchema.parse(sent.data)) };
}

function resultOf({ number, html_url: url }: z.infer<typeof issueSchema>): JsonObject {
  return { number, url: url ?? null };
}

const pageSize = 100;
const mostPages = 10;
/** Longer than an approval lasts, so that an issue of ours cannot be older. */
const oldestMs = 30 * 86_400_000;

async function probe(
  { clock }: ActionContext,
  access: GithubAccess,
  { payload, effectKey }: ApprovedEffect<NewIssue>,
): Promise<ProbeResult> {
  const mark = effectMark(effectKey);
  for (let page = 1; page <= mostPages; page += 1) {
    const issues = await access.get(
      `/repos/${payload.repository}/issues`,
      z.array(issueSchema),
      'these issues',
      { state: 'all', sort: 'created', direction: 'desc', per_page: pageSize, page },
    );
    const found = issues.find(({ body }) => body?.includes(mark) === true);
    if (found !== undefined) return { outcome: 'applied', result: resultOf(found) };
    const last = issues.at(-1);
    const isOld = last !== undefined && Date.parse(last.created_at) < clock.now() - oldestMs;
    if (issues.length < pageSize || isOld) return { outcome: 'absent' };
  }
  return { outcome: 'unclear', reason: 'More than a thousand issues were opened since.' };
}

function callsSomebody(): AdjutantError {
  return new AdjutantError('InvalidInput', 'An issue of low priority calls nobody.', {
    source: 'github',
    hint: 'Leave the names out, or propose issue.create.',
  });
}
