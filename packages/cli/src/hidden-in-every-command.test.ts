import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { hiddenIn, numberOf } from '@adjutant/core/ports';
import { createFakeClock, hiddenSample, plantHidden, withHidden } from '@adjutant/core/testing';
import type { Command } from 'commander';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createCommandTree } from './command-tree.ts';
import type { Prompts } from './prompts.ts';
import { answering } from './testing/answering.ts';
import { hostileClock, storeHostileTeam } from './testing/hostile-team.ts';
import { type RunResult, runCli, temporaryFolder } from './testing/run-cli.ts';

// A store of which every text that may come from outside holds characters that cannot be seen, planted by
// SQL, and every command of the tree on it; then every argument and option of every command with some in it.

const removals: (() => void)[] = [];
let cwd: string;
let planted: string[];
const clock = createFakeClock(hostileClock.now());
const patience = { timeout: 60_000, interval: 5 };

const run = (line: readonly string[], prompts?: Prompts): Promise<RunResult> =>
  runCli(line, {
    ...{ cwd, clock, isTty: true, env: { NO_COLOR: '1' } },
    ...(prompts === undefined ? {} : { prompts }),
  });
const words = (line: string): string[] => line.split(' ').filter((word) => word !== '');

beforeAll(async () => {
  cwd = temporaryFolder((remove) => removals.push(remove));
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  writeFileSync(join(cwd, 'adjutant.policy.yaml'), 'actions:\n  note.draft: {mode: ask}\n');
  await storeHostileTeam(join(cwd, 'store.db'));
  await liveThrough();
  planted = plantHidden(join(cwd, 'store.db'));
});
afterAll(() => removals.forEach((remove) => remove()));

/** Jobs and events that were given up, notes, actions in several states, reports, tokens, mutes. */
async function liveThrough(): Promise<void> {
  const adjutant = await createAdjutant({
    store: join(cwd, 'store.db'),
    clock,
    policy: { file: join(cwd, 'adjutant.policy.yaml') },
    eventBus: { publish: () => Promise.reject(new Error('there is no broker')) },
  });
  adjutant.jobs.handle('example.tidy', () => Promise.reject(new Error('the disk is full')));
  const schedule = { workspaceId: 'default', name: 'tidy', kind: 'example.tidy' };
  await adjutant.jobs.schedule({ ...schedule, cron: '0 13 * * *' });
  const owner = adjutant.workspace().as(await adjutant.owner());
  const sponsorPersonId = owner.viewer.kind === 'person' ? owner.viewer.personId : '';
  const agent = adjutant.workspace().as({ kind: 'agent', name: 'helper', sponsorPersonId });
  for (const key of ['one', 'two', 'three']) {
    await agent.actions.propose({
      type: 'note.draft',
      payload: { title: `Before ${key}`, body: 'Ask about reviews.' },
      idempotencyKey: `the note ${key}`,
      rationale: 'It was asked for.',
    });
  }
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  await vi.waitFor(async () => {
    clock.advance(60_000);
    const { items } = await owner.actions.list({ status: ['pending'] });
    const events = await adjutant.outbox.dead('default');
    const jobs = await adjutant.jobs.dead('default');
    if (items.length < 3 || events.length < 3 || jobs.length < 1) throw new Error('not yet');
  }, patience);
  ended.abort();
  await working;
  await adjutant.close();
  const [first = '', second = ''] = await idsOf('actions --json');
  const [finding = ''] = await idsOf('signals --json');
  const lines = [
    ['approvals', 'decline', first, '--reason', 'Not now.'],
    ['actions', 'withdraw', second, '--reason', 'No longer.'],
    ['actions', 'stop', 'policy.update', '--reason', 'Somebody looks at it.'],
    ['report', 'add', 'Read the widgets', '--share'],
    ['tokens', 'create', 'a token', '--scope', 'read', '--agent', 'helper'],
    ['rules', 'mute', 'stale-pull-request', '--reason', 'Too loud.'],
    ['signals', 'snooze', finding, '--for', '4h'],
    ['incident', 'role', 'incident-1', 'lead'],
    ['backup', 'backup.db'],
  ];
  const failed: string[] = [];
  for (const line of lines) {
    const { exitCode, stderr } = await run(line, answering({ '': true }));
    if (exitCode !== 0) failed.push(`${line.join(' ')}: ${stderr}`);
  }
  expect(failed).toEqual([]);
}

async function idsOf(line: string, member = 'id'): Promise<string[]> {
  const ids: string[] = [];
  JSON.parse((await run(words(line))).stdout, (name, value: unknown) => {
    if (name === member && typeof value === 'string') ids.push(value);
    return value;
  });
  return [...new Set(ids)];
}

const writes = 'changes something; what it says again of its words is the third test here';
const formats = ['', '--format markdown', '--format html', '--format slack'];
const kinds = ['standup', 'sprint', 'weekly', 'agenda', 'retrospective', 'triage', 'incident'];

/** What each command is read by; or why it reads nothing of a store, or is read elsewhere. */
const readings: Readonly<Record<string, readonly string[] | string | (() => Promise<string[]>)>> = {
  look: 'reads a clone and no store; what it shows is a report, which is a test of its own',
  demo: 'makes a team of its own',
  init: writes,
  sync: 'reads sources and no store; its connectors are tests of their own',
  backfill: writes,
  status: [''],
  metrics: ['', '--format csv', '--format jsonl', 'throughput --explain', 'wip --explain'],
  explain: async () => idsOf('metrics --json', 'citationId'),
  forecast: ['--items 3'],
  sprints: [''],
  ask: ['roll back the widgets', 'widgets --find', 'roll back the widgets --owners'],
  'ai-impact': [''],
  people: [''],
  'people list': [''],
  'people review': [''],
  'people merge': writes,
  'people split': writes,
  'people bot': writes,
  'people role': writes,
  'people accept': writes,
  'people dismiss': writes,
  'people erase': writes,
  'people changes': [''],
  'people undo': writes,
  mcp: 'speaks the protocol, which has a matrix of its own',
  'mcp install': writes,
  policy: [''],
  'policy show': [''],
  'policy check': [''],
  'policy test': 'reads a file that is given to it, as the check does',
  'policy explain': ['note.draft'],
  keys: [''],
  'keys list': [''],
  'keys set': writes,
  'keys remove': writes,
  'keys rotate': writes,
  'keys rewrap': writes,
  'keys retire': writes,
  audit: [''],
  'audit list': ['--limit 200'],
  'audit show': async () => idsOf('audit list --limit 200 --json'),
  'audit verify': [''],
  'audit export': 'has to be true to the byte: its lines are hashed',
  'audit checkpoint': writes,
  'audit erase': writes,
  doctor: [''],
  export: 'has to be true to the byte: it is read back',
  import: writes,
  serve: 'answers over HTTP, which has a matrix of its own',
  actions: [''],
  'actions list': [''],
  'actions show': async () => idsOf('actions --json'),
  'actions types': ['', 'note.draft'],
  'actions propose': writes,
  'actions withdraw': writes,
  'actions resolve': writes,
  'actions stop': writes,
  'actions resume': writes,
  approvals: [''],
  'approvals approve': writes,
  'approvals decline': writes,
  'approvals link': writes,
  approvers: [''],
  'approvers list': [''],
  'approvers grant': writes,
  'approvers revoke': writes,
  'approvers confirm': writes,
  'approvers link': writes,
  tokens: [''],
  'tokens list': [''],
  'tokens create': writes,
  'tokens revoke': writes,
  today: formats,
  triage: formats,
  incident: [...formats, ...formats.map((form) => `incident-1 ${form}`)],
  'incident role': writes,
  'incident follow-up': writes,
  'incident post-mortem': ['incident-1'],
  brief: kinds.flatMap((kind) => formats.map((form) => `${kind} ${form}`)),
  purge: ['--dry-run'],
  archive: [''],
  'archive list': [''],
  'archive verify': [''],
  'archive restore': writes,
  backup: writes,
  restore: writes,
  privacy: [''],
  'privacy report': ['', '--format markdown'],
  'privacy refusals': [''],
  report: [''],
  'report add': writes,
  'report edit': writes,
  'report share': writes,
  'report delete': writes,
  'report list': [''],
  'report show': async () => idsOf('report --json'),
  'report search': ['widgets'],
  'report digest': ['', '--format slack'],
  'report remind': [''],
  'report hours': [''],
  'report load': ['', '--team'],
  signals: ['--all'],
  'signals list': ['--all'],
  'signals show': async () => idsOf('signals --all --json'),
  'signals snooze': writes,
  'signals assign': writes,
  rules: [''],
  'rules list': [''],
  'rules check': [''],
  'rules test': 'reads rules in YAML, as the check does',
  'rules replay': ['stale-pull-request --since 2026-11-10'],
  'rules mute': writes,
  'rules unmute': writes,
  jobs: [''],
  'jobs list': [''],
  'jobs redrive': writes,
  rollups: 'is a group',
  'rollups rebuild': writes,
  outbox: [''],
  'outbox list': [''],
  'outbox replay': writes,
  webhooks: 'is a group',
  'webhooks replay': writes,
  notes: [''],
  'notes list': [''],
  trust: [''],
  'trust list': [''],
  'trust revoke': writes,
};

/** What says that something is wrong: the store was edited, and what was edited is a fault. */
const findsFault: ReadonlySet<string> = new Set(['audit verify', 'rules check']);

function allCommands(command: Command, path = ''): [string, Command][] {
  return command.commands.flatMap((one) => {
    const name = `${path} ${one.name()}`.trim();
    return [[name, one] as [string, Command], ...allCommands(one, name)];
  });
}

const tree = createCommandTree(
  { stdout: { write: () => true, isTty: false, columns: 80 } },
  () => async () => undefined,
);
const commands = allCommands(tree);

/** Which hidden characters one run says, in a line. */
function leak({ stdout, stderr }: RunResult, place: string): string[] {
  const numbers = new Set([...hiddenIn(stdout), ...hiddenIn(stderr)].map(numberOf));
  return numbers.size === 0 ? [] : [`${place}: ${[...numbers].join(' ')}`];
}

test('every command is read, or said why it is not', () => {
  expect(commands.map(([name]) => name).filter((name) => readings[name] === undefined)).toEqual([]);
});

test('no command shows one unmarked of what is stored', { timeout: 400_000 }, async () => {
  expect(planted.length).toBeGreaterThan(30);
  const found: string[] = [];
  const failed: string[] = [];
  let shown = '';
  for (const [name, reading] of Object.entries(readings)) {
    if (typeof reading === 'string') continue;
    const lines = typeof reading === 'function' ? await reading() : reading;
    expect(lines, name).not.toHaveLength(0);
    for (const line of lines.slice(0, 30)) {
      const result = await run(words(`${name} ${line}`));
      found.push(...leak(result, `${name} ${line}`));
      shown += result.stdout;
      if (result.exitCode !== 0 && !findsFault.has(name)) failed.push(`${name}: ${result.stderr}`);
      found.push(
        ...leak(await run([...words(`${name} ${line}`), '--json']), `${name} ${line} --json`),
      );
    }
  }
  expect(found).toEqual([]);
  expect(failed).toEqual([]);
  // They are shown; where somebody agrees to a text, what cannot be seen in it is shown by its number.
  const expected = ['Xqrequest', 'Xqitem', 'Xqperson', 'Xqincident', 'B<U+200B>'];
  expect(expected.filter((word) => !shown.includes(word))).toEqual([]);
});

test('no command says one again unmarked of what it is given', { timeout: 400_000 }, async () => {
  const found: string[] = [];
  const text = withHidden('some');
  for (const [name, command] of commands) {
    const given = command.registeredArguments.map(() => text);
    const options = command.options
      .filter(({ required, optional }) => required || optional)
      .map(({ long }) => [long ?? '', text]);
    const lines = [given, ...options.map((option) => [...given, ...option])];
    if (given.length === 0) lines.shift();
    for (const line of [...lines, [`--${text}`]]) {
      for (const json of [[], ['--json']]) {
        const result = await run([...words(name), ...line, ...json]);
        found.push(
          ...leak(result, [name, ...line, ...json].join(' ').replaceAll(hiddenSample, '·')),
        );
      }
    }
  }
  expect(found).toEqual([]);
});
