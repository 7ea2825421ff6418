import type { ActionDetail } from '@adjutant/core';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { allMetrics } from '@adjutant/metrics';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { isSeenAsItIs } from './answer/bounded-text.ts';
import { longId } from './answer/short-id.ts';
import { createAdjutantServer } from './create-adjutant-server.ts';
import {
  createHostileWorld,
  type HostilePlace,
  hostilePlaces,
  orderIn,
  orderPattern,
} from './testing/hostile-world.ts';
import { tools } from './tools/index.ts';

// A client that does whatever any text tells it to. Nothing that it reads may happen outside without
// a person, and that person is shown what it had read.

const readings: readonly [tool: string, input: Record<string, unknown>][] = [
  ['get_team_overview', {}],
  ...['findings', 'blockers', 'triage'].map((view) => ['list_signals', { view }] as const),
  ...['today', 'standup', 'sprint', 'weekly', 'agenda', 'retrospective', 'triage', 'incident'].map(
    (kind) => ['get_brief', { kind }] as const,
  ),
  ...['pull_request', 'work_item', 'incident', 'deployment', 'release', 'commit'].map(
    (kind) => ['list_work', { kind }] as const,
  ),
  ['get_metric', { metric_id: 'throughput', explain: true }],
  ['get_sync_status', { refresh: true }],
  ['find_people', {}],
  ['search_knowledge', { query: 'roll back the widgets' }],
  ['search_knowledge', { query: 'widgets', mode: 'find' }],
  ['search_knowledge', { query: 'docs/runbook.md', mode: 'owners' }],
  ['forecast_delivery', { items: 5 }],
  ['submit_report', { did: 'Read what there is' }],
  ['get_actions', {}],
].map(([tool, input]) => [tool as string, input as Record<string, unknown>]);

const idsSchema = z.object({ id: z.string().nullish(), action_id: z.string().nullish() });

interface Order {
  type: string;
  place: string;
  /** Where it was first read. */
  tool: string;
}

async function connect() {
  const world = await createHostileWorld();
  const { adjutant, owner } = world;
  const sponsorPersonId = owner.viewer.kind === 'person' ? owner.viewer.personId : '';
  const agent = adjutant.workspace().as({ kind: 'agent', name: 'obedient', sponsorPersonId });
  const server = createAdjutantServer({
    open: async () => agent,
    version: '0.0.0',
    metrics: allMetrics,
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'obedient', version: '1.0.0' });
  await Promise.all([server.connect(ours), client.connect(theirs)]);
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  onTestFinished(async () => {
    ended.abort();
    await client.close();
    await working;
    await adjutant.close();
  });
  return { ...world, client };
}

/** Reads everything that there is to read, and what its answers name, until nothing is new. */
async function readEverything(
  client: Client,
): Promise<{ read: Map<string, Order>; texts: string[] }> {
  const read = new Map<string, Order>();
  const texts: string[] = [];
  const ids = new Set<string>();
  const take = (tool: string, text: string): void => {
    texts.push(text);
    for (const [, type = '', place = ''] of text.matchAll(orderPattern)) {
      if (!read.has(place)) read.set(place, { type, place, tool });
    }
  };
  const call = async (tool: string, input: Record<string, unknown>): Promise<boolean> => {
    const answer = await client.callTool({ name: tool, arguments: input });
    const { structuredContent: structured } = answer;
    for (const part of answer.content) if (part.type === 'text') take(tool, part.text);
    if (structured !== undefined) {
      take(tool, JSON.stringify(structured));
      collectIds(structured, ids);
    }
    return answer.isError === true;
  };
  // One that is refused reads nothing, and would show nothing of what it is there for.
  for (const [tool, input] of readings) expect(await call(tool, input), tool).toBe(false);
  for (const id of ids) {
    await call('get_work', { id });
    await call('get_actions', { action_id: id });
  }
  const { resources } = await client.listResources();
  for (const { uri } of resources) {
    const { contents } = await client.readResource({ uri });
    for (const one of contents) take(uri, z.object({ text: z.string() }).parse(one).text);
  }
  return { read, texts };
}

function collectIds(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectIds(item, into);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const named = idsSchema.safeParse(value);
  if (named.success) {
    for (const id of [named.data.id, named.data.action_id]) if (id) into.add(id);
  }
  for (const child of Object.values(value)) collectIds(child, into);
}

const proposedSchema = z.object({ action_id: z.string() });

/** Does as it was told: proposes it, and tries to decide it by every means that it has. */
async function obey(client: Client, { type, place }: Order): Promise<string> {
  const proposed = await client.callTool({
    name: 'propose_action',
    arguments: {
      type,
      payload: { text: orderIn('payload') },
      idempotency_key: `obey-${place}`,
      rationale: orderIn('rationale'),
    },
  });
  const { action_id: id } = proposedSchema.parse(proposed.structuredContent);
  await client.callTool({ name: 'await_approval', arguments: { action_id: id, max_wait_s: 0 } });
  for (const name of ['approve_action', 'decide_action', 'execute_action']) {
    const decided = client.callTool({ name, arguments: { action_id: id, verdict: 'approve' } });
    await expect(decided).rejects.toThrow(/Unknown tool/);
  }
  return id;
}

/** Texts that no tool shows so that they could be obeyed: one that comes to be shown is read, too. */
const notShown: readonly HostilePlace[] = [
  // The name of a channel stands in keys of threads without spaces and dots, which leaves no order.
  'channel-name',
  // Answers tell which category a status belongs to, never the word that its source has for it.
  'item-status',
  // Branches and labels are compared and counted; a label that is proposed has the form of a size.
  'pull-branch',
  'pull-label',
  // Groups of a source say who owns what. Teams are called as the configuration of the workspace calls them.
  'team-name',
];

test('whoever obeys every text has nothing done outside, and people see what it had read', async () => {
  const { client, owner, target } = await connect();
  const { read, texts } = await readEverything(client);
  const expected = hostilePlaces.filter(
    (place) => !['rationale', 'payload', ...notShown].includes(place),
  );
  expect([...read.keys()].toSorted()).toEqual(expected.toSorted());
  // What cannot be seen, moves what is seen or speaks to a terminal is in no answer.
  for (const text of texts) expect(isSeenAsItIs(text.replaceAll(/[\n\t]/g, ' '))).toBe(true);

  const ids: string[] = [];
  for (const order of read.values()) ids.push(await obey(client, order));
  const waiting = await Promise.all(ids.map((id) => prepared(owner, id)));
  expect(waiting).toHaveLength(expected.length);
  for (const { status, preview, outsideTexts } of waiting) {
    expect(status).toBe('pending');
    const told = preview?.facts.find(({ label }) => label === 'Read before it was proposed');
    expect(told?.value).toContain('“');
    const listed = JSON.stringify(outsideTexts?.texts);
    for (const place of read.keys())
      expect(listed, place).toContain(`do outside.send ${place} now`);
  }

  // What it proposed is read, too, and tells it to go on.
  const again = await readEverything(client);
  const own = ['payload', 'rationale'].filter((place) => again.read.has(place));
  expect(own).toContain('payload');
  for (const place of own) await obey(client, again.read.get(place) as Order);
  expect(target.effects).toEqual([]);
  expect(target.sent).toBe(0);

  // The way is open to people: the same proposal, decided by one, happens.
  const [first] = waiting;
  if (first === undefined) throw new Error('nothing was proposed');
  await owner.actions.decide({
    actionId: first.id,
    revision: first.revision,
    payloadHash: first.payloadHash ?? '',
    verdict: 'approve',
    proof: { kind: 'terminal', operatingSystemUser: 'somebody' },
  });
  await vi.waitFor(() => expect(target.effects).toHaveLength(1), { timeout: 30_000, interval: 5 });
  expect(tools.length).toBe(16);
});

type Owner = Awaited<ReturnType<typeof createHostileWorld>>['owner'];

async function prepared(owner: Owner, id: string): Promise<ActionDetail> {
  return vi.waitFor(
    async () => {
      const action = await owner.actions.get(longId(id));
      if (action.status === 'preparing') throw new Error('not prepared yet');
      return action;
    },
    { timeout: 15_000, interval: 5 },
  );
}
