import { z } from 'zod';
import {
  type ActionContext,
  type AnyActionDefinition,
  type ApprovedEffect,
  defineAction,
  type ExecuteResult,
  type JsonObject,
  type Preparation,
  type ProbeResult,
} from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { createAccess, type GithubAccess, quietPeriodMs } from './access.ts';
import { effectMark, marked } from './effect-mark.ts';
import { neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { examineText, raisedBy } from './outgoing-text.ts';
import { numberSchema, outgoingSchema, repositoryNameSchema } from './payloads.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import { audienceFact } from './preview.ts';
import {
  boundRepository,
  type ReadRepository,
  readRepository,
  repositoryFact,
  requireName,
} from './read-repository.ts';
import {
  boundThread,
  loginsOf,
  readIssue,
  readPullRequest,
  type ReadThread,
  teamsOf,
  threadTarget,
} from './read-thread.ts';
import { threadRecipients } from './recipients.ts';

const payloadSchema = z.strictObject({
  repository: repositoryNameSchema,
  number: numberSchema,
  body: outgoingSchema(),
});
type Payload = z.infer<typeof payloadSchema>;

export interface CommentKind {
  id: string;
  title: string;
  on: 'pull request' | 'issue';
  /** Whether it speaks of the change as it stands, so that another head makes it untrue. */
  bindsHead: boolean;
}

/** Returns an action that writes a comment and finds it again by a hidden mark. */
export function commentAction(config: GithubConfig, kind: CommentKind): AnyActionDefinition {
  const read = async (access: GithubAccess, payload: Payload): Promise<Read> => {
    const repository = await readRepository(access, payload.repository);
    requireName(repository.fullName, payload.repository);
    const thread: ReadThread =
      kind.on === 'issue'
        ? await readIssue(access, repository, payload.number)
        : await readPullRequest(access, repository, payload.number);
    return { repository, thread };
  };
  const bound = ({ repository, thread }: Read): JsonObject => ({
    ...boundRepository(repository),
    ...boundThread(thread),
    locked: thread.locked === true,
    ...(kind.bindsHead ? { headSha: thread.head?.sha ?? null } : {}),
  });
  return defineAction<Payload>({
    id: kind.id,
    title: kind.title,
    risk: 'medium',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      const access = createAccess(config, context);
      const found = await read(access, payload);
      return {
        preconditions: bound(found),
        ...(await previewOf(access, config, payload, { ...found, on: kind.on })),
      };
    },
    observe: async (context, payload) =>
      await observed(async () => bound(await read(createAccess(config, context), payload))),
    execute: async (context, effect) => await execute(config, context, effect),
    probe: async (context, effect) => await probe(createAccess(config, context), effect),
  });
}

interface Read {
  repository: ReadRepository;
  thread: ReadThread;
}

async function previewOf(
  access: GithubAccess,
  config: GithubConfig,
  payload: Payload,
  { repository, thread, on }: Read & Pick<CommentKind, 'on'>,
): Promise<Omit<Preparation, 'preconditions'>> {
  const text = await examineText(access, config, payload);
  const itemKey = `${repository.fullName}#${thread.number}`;
  return {
    target: threadTarget(thread, repository),
    facts: [
      repositoryFact(repository),
      audienceFact(repository),
      ...text.facts,
      ...(thread.locked === true ? [warning('Locked', 'yes: GitHub may refuse it')] : []),
      thread.state === 'open' ? plain('State', 'open') : warning('State', thread.state),
      plain('Title', neutralText(thread.title)),
      plain('Author', neutralText(thread.user?.login ?? 'an account that is gone')),
      plain('Adds', 'a mark that GitHub does not show, by which the comment is found again'),
      ...(await credentialFacts(access)),
    ],
    recipients: threadRecipients({
      repository: repository.fullName,
      logins: [...loginsOf(thread), ...text.logins],
      teams: [...teamsOf(thread, repository), ...text.teams],
    }),
    content: payload.body,
    conditions: {
      channel_public: repository.isPublic,
      // An issue is none.
      draft: on === 'issue' ? false : (thread.draft ?? null),
      contains_command: text.containsCommand,
    },
    excludedAccounts: [],
    nudges: text.people.map(({ id }) => ({ source: 'github', externalId: String(id), itemKey })),
    ...raisedBy(text),
  };
}

const commentSchema = z.object({
  id: z.number(),
  html_url: z.string().nullish(),
  body: z.string().nullish(),
});
type Comment = z.infer<typeof commentSchema>;

function commentsPath({ repository, number }: Payload): string {
  return `/repos/${repository}/issues/${number}/comments`;
}

async function execute(
  config: GithubConfig,
  context: ActionContext,
  { payload, effectKey }: ApprovedEffect<Payload>,
): Promise<ExecuteResult> {
  const access = createAccess(config, context);
  const body = marked(payload.body, effectKey);
  const sent = await access.send('POST', commentsPath(payload), { body });
  if (!sent.ok) return sent.result;
  return { outcome: 'applied', result: resultOf(commentSchema.parse(sent.data)) };
}

function resultOf({ id, html_url: url }: Comment): JsonObject {
  return { commentId: id, url: url ?? null };
}

const pageSize = 100;
/** Ten thousand comments: nobody talks that long. */
const mostPages = 100;

async function probe(
  access: GithubAccess,
  { payload, effectKey }: ApprovedEffect<Payload>,
): Promise<ProbeResult> {
  const mark = effectMark(effectKey);
  for (let page = 1; page <= mostPages; page += 1) {
    const query = { per_page: pageSize, page };
    const comments = await access.get(
      commentsPath(payload),
      z.array(commentSchema),
      'these comments',
      query,
    );
    const found = comments.find(({ body }) => body?.includes(mark) === true);
    if (found !== undefined) return { outcome: 'applied', result: resultOf(found) };
    if (comments.length < pageSize) return { outcome: 'absent' };
  }
  return { outcome: 'unclear', reason: 'There are more comments than are looked through.' };
}
