import { z } from 'zod';
import {
  type ActionDetail,
  type ApprovalCard,
  createAdjutant,
  silentLogger,
  systemClock,
} from '../../packages/core/src/index.ts';
import { slackCards } from '../../packages/connectors/src/slack/cards/approval-cards.ts';
import { slackActions } from '../../packages/connectors/src/slack/actions/index.ts';
import { slackConfigSchema } from '../../packages/connectors/src/slack/config.ts';
import { slack } from '../../packages/connectors/src/slack/connector.ts';
import { tables } from '../../packages/core/src/store/tables.ts';
import { columnNames } from '../../packages/core/src/workspace/export-workspace.ts';
import { carryOut } from './carry-out.ts';
import type { Figure } from './figure.ts';
import { emulatorName, startEmulator } from './start-emulator.ts';

const item = `${emulatorName} (Slack)`;

/** What it does not have, by stream: a failure where it turns out untrue. */
const lacks: Readonly<Record<string, string>> = {
  usergroups: 'it has no usergroups.list',
};
const readScopes = ['channels:read', 'channels:history', 'users:read', 'users:read.email'];
const writeScopes = ['chat:write', 'channels:history', 'im:write', 'im:history'];

/** Reading and every action against a Slack that others wrote. */
export async function slackCounterpartFigures(): Promise<Figure[]> {
  const people = ['reader', 'writer', 'ada', 'grace'];
  const emulator = await startEmulator('slack', {
    slack: {
      team: { name: 'Acme', domain: 'acme' },
      strict_scopes: true,
      users: people.map((name) => ({ name, real_name: name, email: `${name}@acme.example` })),
      channels: [{ name: 'widgets' }],
      tokens: [
        { token: 'reads', user: 'reader', scopes: readScopes },
        { token: 'writes', user: 'writer', scopes: writeScopes },
        { token: 'ada', user: 'ada' },
        { token: 'grace', user: 'grace' },
      ],
    },
  });
  try {
    const ask = asker(emulator.url);
    const channel = await channelNamed(ask, 'widgets');
    const threadTs = await haveConversation(ask, channel);
    const config = {
      channels: [channel],
      baseUrl: `${emulator.url}/api/`,
      token: 'reads',
      writeToken: 'writes',
    };
    const figures = await readingFigures(config);
    const acted = await actionFigures(config, { channel, threadTs, ask });
    return [...figures, ...acted, ...(await cardFigures(config, { channel, ask }))];
  } finally {
    await emulator.close();
  }
}

type Ask = (token: string, method: string, parameters: Record<string, string>) => Promise<unknown>;

function asker(url: string): Ask {
  return async (token, method, parameters) => {
    const response = await fetch(`${url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(parameters),
    });
    const answer: unknown = await response.json();
    if (z.object({ ok: z.literal(true) }).safeParse(answer).success) return answer;
    throw new Error(`${method}: ${JSON.stringify(answer)}`);
  };
}

const namedSchema = z.object({ id: z.string(), name: z.string() });
const postedSchema = z.object({ ts: z.string() });

async function channelNamed(ask: Ask, wanted: string): Promise<string> {
  const answer = await ask('ada', 'conversations.list', {});
  const { channels } = z.object({ channels: z.array(namedSchema) }).parse(answer);
  const found = channels.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error('There is no such channel.');
  return found.id;
}

/** Two questions, of which Grace answers one. */
async function haveConversation(ask: Ask, channel: string): Promise<string> {
  const say = async (who: string, text: string, more: Record<string, string> = {}) =>
    postedSchema.parse(await ask(who, 'chat.postMessage', { channel, text, ...more })).ts;
  const answered = await say('ada', 'Who knows it?');
  await say('grace', 'I do.', { thread_ts: answered });
  await say('ada', 'I am blocked. Anybody?');
  await say('ada', 'Good night.');
  return answered;
}

/** A line of an export: a table, and a row in the order of its columns. */
const lineSchema = z.tuple([z.string(), z.array(z.union([z.string(), z.number(), z.null()]))]);
const columns = columnNames(tables.chatThreads);

async function readingFigures(config: Parameters<typeof slack>[0]): Promise<Figure[]> {
  const adjutant = await createAdjutant({ store: ':memory:', connectors: [slack(config)] });
  try {
    const { streams } = await adjutant.sync();
    const threads: unknown[][] = [];
    let accounts = 0;
    for await (const line of adjutant.exportWorkspace()) {
      const row = lineSchema.safeParse(JSON.parse(line));
      if (row.data?.[0] === 'accounts') accounts += 1;
      if (row.data?.[0] === 'chat_threads') threads.push(row.data[1]);
    }
    const valuesOf = (column: string) => threads.map((row) => row[columns.indexOf(column)]);
    const answered = valuesOf('first_reply_at').filter((at) => at !== null).length;
    const blocked = valuesOf('names_blocker').filter((flag) => flag === 1).length;
    const told = `${accounts} accounts, ${threads.length} threads, ${answered} answered, ${blocked} blocked`;
    return [
      ...streams.map(({ stream, outcome, error }) => {
        const lack = lacks[stream];
        return {
          item,
          name: `reads ${stream}`,
          value: outcome === 'complete' ? outcome : `${outcome}: ${error?.message ?? ''}`,
          bound: lack ?? 'complete',
          ok: (outcome === 'complete') === (lack === undefined),
        };
      }),
      {
        item,
        name: 'what was read',
        value: told,
        bound: 'at least 4 accounts; 2 threads, 1 answered, 1 blocked',
        ok: accounts >= 4 && threads.length === 2 && answered === 1 && blocked === 1,
      },
    ];
  } finally {
    await adjutant.close();
  }
}

async function actionFigures(
  given: Parameters<typeof slack>[0],
  { channel, threadTs, ask }: { channel: string; threadTs: string; ask: Ask },
): Promise<Figure[]> {
  const config = slackConfigSchema.parse(given);
  const { members } = z
    .object({ members: z.array(namedSchema) })
    .parse(await ask('ada', 'users.list', {}));
  const user = members.find(({ name }) => name === 'ada')?.id ?? '';
  const metadata = JSON.stringify({ event_type: 'adjutant_effect', event_payload: { effect: '' } });
  const own = await ask('writes', 'chat.postMessage', { channel, text: 'Old words.', metadata });
  const { ts } = postedSchema.parse(own);
  const text = 'Two reviews wait & so on.';
  const examples: [id: string, name: string, payload: object][] = [
    ['message.post', 'message.post', { channel, text, mentions: [user] }],
    ['message.post', 'message.post, a reply', { channel, threadTs, text }],
    ['message.dm', 'message.dm', { user, text }],
    ['message.update', 'message.update', { channel, ts, text }],
  ];
  const context = {
    workspaceId: 'workspace-1',
    clock: systemClock,
    logger: silentLogger,
    fetch,
    signal: AbortSignal.timeout(30_000),
  };
  const figures: Figure[] = [];
  for (const [id, name, payload] of examples) {
    const definition = slackActions(config).find((one) => one.id === id);
    if (definition === undefined) throw new Error(`There is no action ${id}.`);
    const key = `${name} of a trial`;
    const { faults } = await carryOut(definition, context, payload, undefined, key).catch(
      (error: unknown) => ({ faults: [String(error)] }),
    );
    const value = faults.length === 0 ? 'prepared, done, found again' : faults.join('; ');
    figures.push({ item, name, value, bound: 'all of it', ok: faults.length === 0 });
  }
  return figures;
}

const historySchema = z.object({
  messages: z.array(z.looseObject({ ts: z.string(), blocks: z.array(z.unknown()).nullish() })),
});

/** A card is posted, found again by its mark, and made to show that it was carried out. */
async function cardFigures(
  given: object,
  { channel, ask }: { channel: string; ask: Ask },
): Promise<Figure[]> {
  const config = slackConfigSchema.parse({
    ...given,
    approvals: { channel, signingSecret: 'kept elsewhere' },
  });
  const signal = AbortSignal.timeout(30_000);
  const context = { config, clock: systemClock, logger: silentLogger, fetch, signal };
  const card = cardOf('pending');
  const posted = await slackCards.post(context, card);
  const found = await slackCards.find(context, card);
  const place = posted.outcome === 'done' ? posted.place : {};
  const updated = await slackCards.update(context, place, cardOf('executed'));
  const history = historySchema.parse(await ask('ada', 'conversations.history', { channel }));
  const shown = history.messages.filter(({ ts }) => ts === place['ts']);
  const isSame = found.outcome === 'found' && found.place['ts'] === place['ts'];
  const told = JSON.stringify(shown);
  const value = [
    posted.outcome === 'done' ? 'posted' : posted.reason,
    isSame ? 'found' : `not found (${found.outcome})`,
    updated.outcome === 'done' ? 'updated' : updated.reason,
    `${shown.length} message`,
    told.includes('was decided or has ended') ? 'says that it ended' : 'says what it said before',
  ].join(', ');
  const bound = 'posted, found, updated, 1 message, says that it ended';
  return [{ item, name: 'an approval card', value, bound, ok: value === bound }];
}

function cardOf(status: ActionDetail['status']): ApprovalCard {
  const action: ActionDetail = {
    id: 'action-1',
    type: 'message.post',
    title: 'Post a message',
    status,
    revision: 1,
    risk: 'high',
    mode: 'require_approval',
    targetRef: '#widgets',
    requester: 'agent:assistant for person:1',
    sponsorName: 'Ada',
    createdAt: 0,
    expiresAt: null,
    nextStep: null,
    effectClass: 'probeable',
    reversible: true,
    payload: {},
    payloadHash: 'a'.repeat(64),
    preconditions: null,
    preview: { facts: [], recipients: ['#widgets'], content: 'Two reviews wait & <so on>.' },
    rationale: null,
    outsideTexts: null,
    policyReason: null,
    policyHash: null,
    quorum: 1,
    assurance: 'presence',
    sponsorPersonId: '1',
    targetUrl: null,
    modelVersion: null,
    traceId: 'trace-1',
    executeBy: null,
    decidedAt: null,
    decidedBy: null,
    settledAt: null,
    outcome: null,
    decisions: [],
    revisions: [],
    attempts: [],
  };
  const key = 'approval_card:workspace-1:action-1:1';
  return { workspaceId: 'workspace-1', key, revision: 1, action, isTargetPublic: null };
}
