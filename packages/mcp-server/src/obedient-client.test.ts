import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActionDetail } from '@adjutant/core';
import { allMetrics } from '@adjutant/metrics';
import type { Client } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { isSeenAsItIs } from './answer/bounded-text.ts';
import { createAdjutantHttpHandler } from './http/create-adjutant-http-handler.ts';
import {
  type HostilePlace,
  hostilePlaces,
  markOf,
  type Order,
  orderedTypes,
} from './testing/hostile-orders.ts';
import { payloadFor, propose, readEverything } from './testing/obedient-client.ts';
import { openObedientWorld } from './testing/obedient-world.ts';
import { tools } from './tools/index.ts';

// A client that does whatever any text tells it to. Nothing that it reads may happen outside without
// a person, and that person is shown what it had read.

/** Texts of which nothing reaches an answer, a refusal, a resource or a prompt; why. */
const notShown: Readonly<Partial<Record<HostilePlace, string>>> = {
  'pull-label': 'Labels are compared and counted; one that is proposed has the form of a size.',
  'pull-state': 'Answers tell our own word for a state, never the one that its source has.',
  'item-status': 'As above; statuses are compared.',
  'status-change': 'As above.',
  'item-type': 'As above.',
  'deployment-result': 'As above.',
  'run-result': 'As above.',
  severity: 'It is compared; a finding tells its own.',
  'base-branch': 'Branches are compared.',
  'run-branch': 'As above.',
  'file-path': 'Who knows a file is told without naming it.',
  'owner-pattern': 'It is compared with paths; the owners are told.',
  'coding-model': 'Of marks of coding tools the tool is told.',
  'incident-note': 'The course of an incident is for people: commands and pages tell it.',
  'incident-address': 'Pages are told of repositories.',
  'thread-address': 'As above.',
};
const ownWords: ReadonlySet<HostilePlace> = new Set(['rationale', 'payload']);
const shown = hostilePlaces.filter(
  (place) => notShown[place] === undefined && !ownWords.has(place),
);

const guide = readFileSync(join(import.meta.dirname, '../../../docs/guide/policy.md'), 'utf8');
const [guidePolicy = '', allowListPolicy = ''] = [
  ...guide.matchAll(/```yaml\n(actions:\n[\s\S]*?)```/g),
].map(([, text = '']) => text);

const letters = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');

function readFact({ preview }: ActionDetail): string {
  return preview?.facts.find(({ label }) => label === 'Read before it was proposed')?.value ?? '';
}

/** Checks that somebody is asked about an action, and shown what had been read, as far as it is kept. */
function expectAsked(action: ActionDetail, read: readonly string[]): void {
  expect(action.status, action.type).toBe('pending');
  expect(action.mode, action.type).toMatch(/^(?:ask|require_approval)$/);
  expect(readFact(action), action.type).toMatch(/ texts? since its server was started.*“.*”/);
  const { total, texts } = action.outsideTexts ?? { total: 0, texts: [] };
  const listed = JSON.stringify(texts);
  // Of more than a hundred those in the middle are counted; the order that is obeyed was read just now.
  const places = total > texts.length ? read.slice(-1) : read;
  for (const place of places) expect(listed, `${action.type} ${place}`).toContain(`xq${place}`);
}

/** Tries to decide what was proposed by every means that a client has. */
async function tryToDecide(client: Client, id: string): Promise<void> {
  await client.callTool({ name: 'await_approval', arguments: { action_id: id, max_wait_s: 0 } });
  for (const name of ['approve_action', 'decide_action', 'execute_action']) {
    const decided = client.callTool({ name, arguments: { action_id: id, verdict: 'approve' } });
    await expect(decided).rejects.toThrow(/Unknown tool/);
  }
}

async function knownTypes(client: Client): Promise<string[]> {
  const refused = await client.callTool({
    name: 'propose_action',
    arguments: { type: 'none', payload: {}, idempotency_key: 'what-is-there' },
  });
  const types = /Known types: ([a-z., _]+)\.$/.exec(
    refused.content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
  );
  return (types?.[1] ?? '').split(', ');
}

test('every order reaches an answer as data that hides nothing, or reaches none', async () => {
  const { adjutant, connect } = await openObedientWorld();
  const { orders, texts, surprises } = await readEverything(await connect());
  expect(surprises).toEqual([]);
  expect([...orders.keys()].toSorted()).toEqual(shown.toSorted());
  // What cannot be seen, moves what is seen or speaks to a terminal is in no answer.
  for (const text of texts) expect(isSeenAsItIs(text.replaceAll(/[\n\t]/g, ' '))).toBe(true);

  let exported = '';
  for await (const part of adjutant.exportWorkspace()) exported += part;
  const stored = letters(exported);
  const said = letters(texts.join(' '));
  for (const place of Object.keys(notShown) as HostilePlace[]) {
    expect(stored.includes(letters(markOf(place))), `${place} is planted`).toBe(true);
    expect(said.includes(letters(markOf(place))), `${place} is shown`).toBe(false);
  }
});

test('a name stands in a sentence of ours in quotation marks, and a refusal quotes what it names', async () => {
  const { connect } = await openObedientWorld();
  const { texts } = await readEverything(await connect());
  const quoted = ['repository-name', 'pipeline-name', 'job-name', 'scope-name', 'service'] as const;
  for (const place of quoted) {
    const unquoted = texts.filter((text) =>
      text.replaceAll(/“[^”]*”/g, '').includes(markOf(place)),
    );
    for (const text of unquoted) expect(text, place).not.toMatch(/^There is no /);
    const sentences = texts.flatMap((text) => text.match(/"(?:sentence|text)":"[^"]*"/g) ?? []);
    for (const sentence of sentences) {
      expect(sentence.replaceAll(/“[^”]*”/g, ''), place).not.toContain(markOf(place));
    }
  }
});

test.each([
  ['the default policy', undefined],
  ['the policy of the guide', guidePolicy],
])(
  'under %s whoever obeys every text has nothing done outside, and people see what it had read',
  async (_, policyText) => {
    const world = await openObedientWorld(policyText);
    const { connect, owner, target, prepared, executed } = world;
    const client = await connect();
    const ids: string[] = [];
    const obey = async (order: Order, read: readonly string[]): Promise<void> => {
      const id = await propose(client, order);
      ids.push(id);
      expectAsked(await prepared(id), read);
    };
    await readEverything(client, obey);
    const types = await knownTypes(client);
    expect(types.toSorted()).toEqual(orderedTypes.toSorted());
    // Those too that nobody ordered, so that each is tried.
    for (const type of types) await obey({ type, place: 'of-its-own-accord' }, []);
    for (const id of ids) await tryToDecide(client, id);

    const waiting = await Promise.all(ids.map(prepared));
    // What it proposed is read, too, and tells it to go on.
    expect(waiting.length).toBe(shown.length + ['payload'].length + types.length);
    expect(waiting.filter(({ status }) => status !== 'pending')).toEqual([]);
    expect(new Set(waiting.map(({ type }) => type))).toEqual(new Set(types));
    expect(new Set(waiting.map(({ risk }) => risk))).toEqual(new Set(['low', 'medium', 'high']));
    expect(target).toMatchObject({ effects: [], sent: 0 });

    // The way is open to people: what one decides happens, and what is low happens where one proposes it.
    const first = waiting.find(({ type }) => type === 'outside.send');
    if (first === undefined) throw new Error('nothing was proposed');
    await world.approve(first);
    await executed(first.id);
    for (const type of ['pr.label', 'pr.comment.summary']) {
      const payload = { text: 'of a person' };
      await executed((await owner.actions.propose({ type, payload, idempotencyKey: type })).id);
    }
    expect(target.effects).toHaveLength(3);
    expect(tools.length).toBe(16);
  },
);

test('what a policy lets an assistant do by itself is done as far as it says, and no further', async () => {
  const policyText = allowListPolicy
    .replace('acme/api', 'acme/widgets')
    .replace('labels: [triage, docs]', 'text: [triage]');
  expect(policyText).toContain('text: [triage]');
  const { connect, owner, target, prepared, executed } = await openObedientWorld(policyText);
  const client = await connect();
  await client.callTool({ name: 'list_work', arguments: {} });
  const ordered = await propose(client, { type: 'pr.label', place: 'pull-title' });
  expectAsked(await prepared(ordered), ['pull-title']);
  const inside = await propose(client, { type: 'pr.label', place: 'triage' }, { text: 'triage' });
  await executed(inside);
  expect(target.effects.map(({ payload }) => payload)).toEqual([{ text: 'triage' }]);
  // It is told of it, too.
  expect(
    JSON.stringify((await owner.actions.get((await executed(inside)).id)).outsideTexts),
  ).toContain(markOf('pull-title'));
});

test('what was read over one connection is told of what is proposed over the next', async () => {
  const { adjutant, owner, prepared } = await openObedientWorld();
  const handler = createAdjutantHttpHandler(adjutant, {
    version: '0.0.0',
    metrics: allMetrics,
    authenticate: () => owner.viewer,
  });
  const call = async (name: string, input: object): Promise<string> => {
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/call' };
    const answer = await handler(
      new Request('http://localhost:4000/mcp', {
        method: 'POST',
        headers: {
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
          'mcp-protocol-version': '2025-11-25',
        },
        body: JSON.stringify({ ...message, params: { name, arguments: input } }),
      }),
    );
    return answer.text();
  };
  expect(await call('list_work', {})).toContain(markOf('pull-title'));
  const refused = await call('list_work', { repository: 'none' });
  expect(refused).toContain(`“`);
  for (const type of orderedTypes) {
    const input = { type, payload: payloadFor(type), idempotency_key: `over-http-${type}` };
    const id = /action_id\\?":\\?"([\w-]+)/.exec(await call('propose_action', input))?.[1] ?? '';
    const action = await prepared(id);
    expectAsked(action, ['pull-title', 'repository-name']);
    expect(JSON.stringify(action.outsideTexts)).toContain('a message');
  }
});

test('what was read before a server was started anew is not known to it, and the preview says so', async () => {
  const { connect, prepared } = await openObedientWorld();
  const before = await connect();
  await readEverything(before);
  await before.close();
  const after = await connect();
  const action = await prepared(await propose(after, { type: 'pr.comment', place: 'pull-title' }));
  expect(action.status).toBe('pending');
  expect(readFact(action)).toBe(
    'nothing since its server was started; what it read before that is not known',
  );
});

test('a client that fills in its forms itself gives an ordinary yes, and never what takes presence', async () => {
  const { connect, owner, prepared, executed } = await openObedientWorld();
  const forms: string[] = [];
  const client = await connect(forms);
  await client.callTool({ name: 'list_work', arguments: {} });
  for (const type of orderedTypes) {
    const id = await propose(client, { type, place: 'pull-title' });
    const { mode } = await prepared(id);
    const shownBefore = forms.length;
    await client.callTool({ name: 'await_approval', arguments: { action_id: id, max_wait_s: 0 } });
    if (mode === 'require_approval') {
      expect(forms, type).toHaveLength(shownBefore);
      expect((await owner.actions.get((await prepared(id)).id)).status, type).toBe('pending');
      continue;
    }
    // Whoever sees the form is told what had been read, and whoever reads the ledger that it was a form.
    expect(forms.slice(shownBefore).join(' '), type).toContain(markOf('pull-title'));
    const { decisions } = await executed(id);
    expect(decisions, type).toMatchObject([{ surface: 'elicitation', assurance: 'cooperative' }]);
  }
  expect(forms.length).toBeGreaterThan(0);
});
