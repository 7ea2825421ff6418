import {
  type Adjutant,
  AdjutantError,
  createAdjutant,
  defineAction,
  type Grant,
  type HandlePath,
  handleSurface,
  type InformationClass,
  informationClasses,
  visibility,
  viewerRelations,
  type ViewerRelation,
  type WorkspaceHandle,
} from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import { createFakeClock, createPeopleWorld } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { callTool } from './call-tool.ts';
import { plainCall } from './tool-call.ts';
import { type Case, type CaseWorld, handleCases, type Outcome } from './testing/privacy-cases.ts';
import { tools } from './tools/index.ts';

// Every call of a workspace's handle and every tool, made as every viewer, in a workspace of twelve
// people and in one of four, held against the one table of who sees what.

const post = defineAction({
  id: 'example.post',
  title: 'Post a line',
  risk: 'medium',
  reversible: true,
  effectClass: 'keyed',
  inputSchema: z.strictObject({ line: z.string().min(1) }),
  prepare: async (_, { line }) => ({
    target: { source: 'example', externalId: '1', ref: 'board', url: null },
    preconditions: { board: 'open' },
    facts: [],
    recipients: [],
    content: line,
    conditions: {},
    excludedAccounts: [],
  }),
  observe: async () => ({ board: 'open' }),
  execute: async () => ({ outcome: 'applied', result: {} }),
});

/** Classes that no call of a handle gives out, and where they are given out instead. */
const elsewhere: Partial<Record<InformationClass, string>> = {
  secrets: 'adjutant.secrets(viewer), below',
  life_of_data: 'adjutant.data(viewer), below',
};

const paths = Object.keys(handleSurface) as HandlePath[];
const ended = new AbortController();

interface World {
  adjutant: Adjutant;
  owner: WorkspaceHandle;
  ids: readonly string[];
  base: Omit<CaseWorld, 'handle' | 'subject' | 'action'>;
  action?: CaseWorld['action'];
  close(): Promise<void>;
}
const worlds = new Map<number, World>();
let proposed = 0;

async function open(count: number): Promise<World> {
  const { now, periods, connector, people } = createPeopleWorld(count);
  const clock = createFakeClock(now);
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [connector],
    metrics: allMetrics,
    actions: [post],
    clock,
  });
  await adjutant.sync();
  const owner = adjutant.workspace().as(await adjutant.owner());
  const { items } = await owner.findPeople({ limit: 50 });
  const byLogin = new Map(items.map(({ id, accounts }) => [accounts[0]?.login, id]));
  const ids = people.map((login) => byLogin.get(login) ?? login);
  await owner.contactPreferences.set(ids[0] ?? '', { optedOut: true });
  const { items: entries } = await owner.audit.list({ event: 'people.contact_preferences_set' });
  const work = await owner.listWork({ limit: 1 });
  const reports = new Map<string, string>();
  for (const personId of ids.slice(0, 2)) {
    const author = adjutant.workspace().as({ kind: 'person', personId, role: 'member' });
    const { id } = await author.reports.submit({ did: 'Something.', via: 'sdk' });
    reports.set(personId, id);
  }
  const [first = 0, second = 0, third = 0] = periods;
  const working = adjutant.workActions({ signal: ended.signal });
  return {
    adjutant,
    owner,
    ids,
    base: {
      window: { from: first, to: third },
      before: { from: first, to: second },
      after: { from: second, to: third },
      set: ids.slice(0, count / 2),
      entryId: entries[0]?.id ?? '',
      workId: work.items[0]?.id ?? '',
      reportOf: (personId) => reports.get(personId) ?? 'none',
    },
    async close() {
      await working;
      await adjutant.close();
    },
  };
}

beforeAll(async () => {
  for (const count of [12, 4]) worlds.set(count, await open(count));
});
afterAll(async () => {
  ended.abort();
  for (const world of worlds.values()) await world.close();
});

function worldOf(count: number): World {
  const world = worlds.get(count);
  if (world === undefined) throw new Error('no such world');
  return world;
}

/** Viewers who have no right of their own to decide about actions. */
function viewerAs(relation: ViewerRelation, { ids, owner }: World): Viewer {
  const personId = ids[0] ?? '';
  if (relation === 'system') return { kind: 'system' };
  if (relation === 'agent') {
    const sponsor = owner.viewer.kind === 'person' ? owner.viewer.personId : '';
    return { kind: 'agent', name: 'test', sponsorPersonId: sponsor };
  }
  return { kind: 'person', personId, role: relation === 'self' ? 'member' : relation };
}

/** Calls after which an action is no longer what it was. */
const settling = new Set<HandlePath>(['actions.withdraw', 'actions.noteElicitedAnswer']);

/** Returns an action that waits for a decision: the one of the workspace, or a new one. */
async function actionFor(path: HandlePath, world: World): Promise<CaseWorld['action']> {
  if (!path.startsWith('actions.')) return { id: '', revision: 1, payloadHash: '' };
  if (settling.has(path)) return pendingAction(world.owner);
  world.action ??= await pendingAction(world.owner);
  return world.action;
}

async function pendingAction(owner: WorkspaceHandle): Promise<CaseWorld['action']> {
  proposed += 1;
  const { id } = await owner.actions.propose({
    type: 'example.post',
    payload: { line: 'hello' },
    idempotencyKey: `post-${proposed}`,
  });
  return vi.waitFor(
    async () => {
      const { status, revision, payloadHash } = await owner.actions.get(id);
      if (status !== 'pending') throw new Error(`the action is ${status}`);
      return { id, revision, payloadHash: payloadHash ?? '' };
    },
    { timeout: 60_000, interval: 2 },
  );
}

const calm = new Set(['NotFound', 'InvalidInput', 'Configuration', 'Conflict']);

async function outcomeOf(some: Case, world: CaseWorld): Promise<Outcome> {
  try {
    return (await some(world)) === 'untold' ? 'untold' : 'given';
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    if (error.code === 'Permission') return 'refused';
    // What somebody may ask for and is not there was not refused.
    if (calm.has(error.code)) return 'given';
    throw error;
  }
}

/** What the table promises, in a workspace of many people or of few. */
function promised(grant: Grant, count: number): readonly Outcome[] {
  const promises: Readonly<Record<Grant, readonly Outcome[]>> = {
    shown: ['given'],
    own_entries: ['given'],
    protected: count >= 10 ? ['given'] : ['untold'],
    // Nobody asked about the set before: that is asked below.
    protected_known_set: ['refused', 'untold'],
    granted: ['refused'],
    own_or_granted: ['refused'],
    never: ['refused', 'untold'],
  };
  return promises[grant];
}

function caseOf(path: HandlePath, of: InformationClass): Case {
  const found = handleCases[path][of];
  if (found === undefined) throw new Error(`${path} has no case for ${of}`);
  return found;
}

/** Every name of a handle that is called, as it is when the program runs. */
function pathsOf(handle: WorkspaceHandle): string[] {
  const plain = new Set(['workspaceId', 'timeZone', 'viewer']);
  return Object.entries(handle).flatMap(([name, value]: [string, unknown]) => {
    if (plain.has(name)) return [];
    if (typeof value === 'function') return [name];
    return Object.keys(value ?? {}).map((method) => `${name}.${method}`);
  });
}

test('every call of the handle has its cases, and every tool', () => {
  expect(pathsOf(worldOf(12).owner).toSorted()).toEqual(paths.toSorted());
  for (const path of paths) {
    expect(Object.keys(handleCases[path]), path).toEqual([...handleSurface[path].of]);
  }
  expect(Object.keys(toolInputs).toSorted()).toEqual(tools.map(({ name }) => name).toSorted());
  const given = new Set(paths.flatMap((path) => handleSurface[path].of));
  expect(informationClasses.filter((of) => !given.has(of)).toSorted()).toEqual(
    Object.keys(elsewhere).toSorted(),
  );
});

describe.each([12, 4])('in a workspace of %i people', (count) => {
  // Those who may not ask about a new set come before those whose asking makes it known.
  const order: ViewerRelation[] = ['self', 'member', 'agent', 'system', 'lead', 'admin'];
  describe.each(order)('%s', (relation) => {
    const about = paths.flatMap((path) => handleSurface[path].of.map((of) => [path, of] as const));
    test.each(about)('%s gives %s as the table says', async (path, of) => {
      const world = worldOf(count);
      const { act } = handleSurface[path];
      const grant = visibility[of][act]?.[relation];
      if (grant === undefined) throw new Error(`${of} cannot be changed`);
      const viewer = viewerAs(relation, world);
      const handle = world.adjutant.workspace().as(viewer);
      const subject = world.ids[relation === 'self' ? 0 : 1] ?? '';
      const action = await actionFor(path, world);
      const outcome = await outcomeOf(caseOf(path, of), { ...world.base, handle, subject, action });
      expect(promised(grant, count), `${relation} ${path}`).toContain(outcome);
    });
  });
});

test('a set that a lead was told of is told to everybody of that workspace', async () => {
  const world = worldOf(12);
  for (const relation of viewerRelations) {
    const handle = world.adjutant.workspace().as(viewerAs(relation, world));
    const action = { id: '', revision: 1, payloadHash: '' };
    const asked = { ...world.base, handle, subject: '', action };
    expect(await outcomeOf(caseOf('metric', 'chosen_set'), asked), relation).toBe('given');
  }
});

test('secrets are for whom the table says', () => {
  const world = worldOf(12);
  for (const relation of viewerRelations) {
    const isGranted = visibility.secrets.read[relation] === 'shown';
    const openAs = () => world.adjutant.secrets(viewerAs(relation, world));
    if (isGranted) expect(openAs, relation).not.toThrow();
    else expect(openAs, relation).toThrow('administrators');
  }
});

test('the life of the data is for whom the table says', () => {
  const world = worldOf(12);
  for (const relation of viewerRelations) {
    const isGranted = visibility.life_of_data.change?.[relation] === 'shown';
    const openAs = () => world.adjutant.data(viewerAs(relation, world));
    if (isGranted) expect(openAs, relation).not.toThrow();
    else expect(openAs, relation).toThrow('administrators');
  }
});

test('members see their own refusals, leads all of them, and no entry says what was asked', async () => {
  const world = worldOf(4);
  const listAs = async (relation: ViewerRelation) =>
    world.adjutant.workspace().as(viewerAs(relation, world)).privacy.refusals({ limit: 200 });
  const own = await listAs('member');
  const all = await listAs('lead');
  expect(own.total).toBeGreaterThan(0);
  expect(all.total).toBeGreaterThan(own.total);
  expect(new Set(own.items.map(({ actor }) => actor))).toEqual(new Set([`person:${world.ids[0]}`]));
  const { items } = await world.owner.audit.list({ event: 'privacy.query_refused', limit: 200 });
  for (const { detail, subject } of items) {
    expect(Object.keys(detail).toSorted()).toEqual([
      ...['class', 'firstAt', 'lastAt', 'reason', 'times'],
    ]);
    expect(subject).toBe('privacy:refusals');
    for (const id of world.ids) expect(JSON.stringify(detail)).not.toContain(id);
  }
  const kinds = new Set(all.items.map(({ class: of, reason }) => `${of} ${reason}`));
  expect([...kinds]).toEqual(
    expect.arrayContaining([
      'figures_on_people too_few_people',
      'chosen_set too_alike',
      'own_view too_alike',
      'contact_wishes role',
      'identity role',
      'privacy_refusals role',
    ]),
  );
});

/** An input for each tool, what a figure in its answer is called, and the class that it is. */
const toolInputs: Record<string, { input: object; of: InformationClass; act?: 'change' }[]> = {
  get_team_overview: [{ input: {}, of: 'delivery_figures' }],
  list_work: [{ input: {}, of: 'work' }],
  get_work: [{ input: { id: 'AaGMJQnAf-yrZv_IbzjZUg' }, of: 'work' }],
  get_metric: [
    { input: figureInput('throughput'), of: 'delivery_figures' },
    { input: { ...figureInput('throughput'), label: 'bug' }, of: 'figures_on_people' },
    {
      input: { ...figureInput('throughput'), label: 'bug', explain: true },
      of: 'figures_on_people',
    },
    { input: figureInput('review_load'), of: 'figures_on_people' },
  ],
  compare_metric: [
    // Too short for an interval, which costs some hundred computations.
    {
      input: { ...comparisonInput(), before_to: '2026-04-20', after_to: '2026-05-18' },
      of: 'delivery_figures',
    },
    { input: { ...comparisonInput(), label: 'bug' }, of: 'figures_on_people' },
  ],
  forecast_delivery: [{ input: { items: 5 }, of: 'delivery_figures' }],
  get_sync_status: [{ input: {}, of: 'settings' }],
  find_people: [{ input: {}, of: 'identity' }],
  propose_action: [
    {
      input: {
        type: 'note.draft',
        payload: { title: 'One', body: 'Two' },
        idempotency_key: 'matrix-note',
      },
      of: 'proposals',
      act: 'change',
    },
  ],
  await_approval: [
    { input: { action_id: 'AaGMJQnAf-yrZv_IbzjZUg', max_wait_s: 0 }, of: 'actions' },
  ],
  get_actions: [{ input: {}, of: 'actions' }],
  withdraw_action: [{ input: { action_id: 'AaGMJQnAf-yrZv_IbzjZUg' }, of: 'actions' }],
  list_signals: [{ input: {}, of: 'signals' }],
  get_brief: [
    { input: { kind: 'today' }, of: 'signals' },
    { input: { kind: 'weekly' }, of: 'delivery_figures' },
    { input: { kind: 'triage' }, of: 'work' },
  ],
  search_knowledge: [
    { input: { query: 'roll back' }, of: 'work' },
    { input: { query: 'README.md', mode: 'owners' }, of: 'work' },
  ],
  submit_report: [{ input: { did: 'Read the logs' }, of: 'reports', act: 'change' }],
};

function figureInput(metricId: string) {
  return { metric_id: metricId, from: '2026-04-13', to: '2026-06-08' };
}

function comparisonInput() {
  return {
    metric_id: 'throughput',
    before_from: '2026-04-13',
    before_to: '2026-05-11',
    after_from: '2026-05-11',
    after_to: '2026-06-08',
  };
}

const figureSchema = z.object({
  metric: z.object({ value: z.number().nullable() }).optional(),
  after: z.object({ value: z.number().nullable() }).optional(),
  rows: z.unknown().optional(),
});

describe.each([12, 4])('tools in a workspace of %i people', (count) => {
  const cases = Object.entries(toolInputs).flatMap(([name, some]) =>
    some.map(({ input, of, act }, place) => [name, of, place, input, act] as const),
  );
  describe.each(viewerRelations)('%s', (relation) => {
    test.each(cases)('%s gives %s as the table says (%i)', async (name, of, _, input, act) => {
      const tool = tools.find((candidate) => candidate.name === name);
      if (tool === undefined) throw new Error(`no tool ${name}`);
      const world = worldOf(count);
      const handle = world.adjutant.workspace().as(viewerAs(relation, world));
      const codes: unknown[] = [];
      const answer = await callTool(tool, input, {
        workspace: async () => handle,
        logger: { log: (_level, _message, fields) => codes.push(fields?.['code']) },
        call: plainCall(),
      });
      const grant = visibility[of][act ?? 'read']?.[relation] ?? 'never';
      if ('isError' in answer) {
        // What somebody may ask for and is not there was not refused.
        expect(promised(grant, count)).toContain(codes[0] === 'Permission' ? 'refused' : 'given');
        expect(codes).toHaveLength(1);
        return;
      }
      const { metric, after, rows } = figureSchema.parse(answer.structuredContent);
      const figure = metric ?? after;
      const isTold = figure === undefined || figure.value !== null;
      expect(promised(grant, count)).toContain(isTold ? 'given' : 'untold');
      if (!isTold) expect(rows ?? []).toEqual([]);
    });
  });
});
