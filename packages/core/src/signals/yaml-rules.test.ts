import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { defineAction } from '../actions/define-action.ts';
import type { AdjutantOptions } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import { buildPullRequest, createFakeClock, createRowsConnector } from '../testing.ts';
import { configureSignals } from './configure-signals.ts';
import { defineSignal } from './define-signal.ts';
import { loadSignalRules, readSignalRules } from './yaml/read-signal-rules.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A Monday. */
const start = Date.UTC(2026, 10, 2, 9);

const rule = `id: docs-waiting
title: Documentation waits
subject: pull_request
severity: low
when: '"documentation" in labels && waiting_for == "review" && waiting_weekday_hours >= 24'
since: waiting_since
explain: '{key} has waited for {waiting_weekday_hours|duration}.'
suggest: {type: example.post, payload: {line: 'Look at {key}'}}
`;

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-rules-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const noted = rule
  .replace('example.post', 'note.draft')
  .replace("{line: 'Look at {key}'}", "{title: '{key}', body: waits}");

async function startWorld(options: Partial<AdjutantOptions> = {}) {
  const clock = createFakeClock(start);
  const rows: Record<string, DomainRows> = {};
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    signals: await loadSignalRules(folderOf({ 'docs-waiting.yaml': noted })),
    connectors: [
      createRowsConnector({ id: 'forge', showsReviews: true, records: () => ({ ...rows }) }),
    ],
    ...options,
  });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  const open = (number: number, fields = {}): void => {
    rows[`request-${number}`] = {
      pullRequests: [
        buildPullRequest({
          source: 'forge',
          externalId: `request-${number}`,
          number,
          labels: ['documentation'],
          state: 'open',
          mergedAt: null,
          closedAt: null,
          mergeSha: null,
          openedAt: start,
          readyAt: start,
          ...fields,
        }),
      ],
    };
  };
  return { adjutant, clock, handle, open };
}

describe('rules of a folder', () => {
  it('are run like any other, under the name of their file', async () => {
    const { adjutant, clock, handle, open } = await startWorld();
    open(1);
    open(2, { labels: [] });
    clock.advance(30 * hourMs);
    await adjutant.sync();
    expect((await handle.signals.list()).items).toMatchObject([
      {
        ruleId: 'docs-waiting',
        since: start,
        sentence: expect.stringContaining('#1 has waited for 30 hours.'),
      },
    ]);
    const [view] = await handle.signals.rules();
    expect(view).toMatchObject({ origin: 'docs-waiting.yaml', judged: 2, open: 1, unknown: 0 });
    open(1, { state: 'merged', mergedAt: clock.now() });
    await adjutant.sync();
    expect((await handle.signals.list()).total).toBe(0);
  });

  it('stop the start where one is wrong, and tell where', async () => {
    const folder = folderOf({
      'docs-waiting.yaml': noted.replace('waiting_for ==', 'waiting_fro =='),
      'README.md': 'no rule',
    });
    await expect(loadSignalRules(folder)).rejects.toMatchObject({
      code: 'Configuration',
      message: expect.stringMatching(
        /docs-waiting\.yaml:5:37: "when": Unknown variable: waiting_fro\.$/,
      ),
      hint: 'Did you mean waiting_for?',
    });
  });

  it('that cannot be read are told, and the others are read', async () => {
    const folder = folderOf({
      'docs-waiting.yaml': noted,
      'docs-waiting.yml': noted,
      'huge.yaml': 'a'.repeat(70_000),
    });
    mkdirSync(join(folder, 'folder.yaml'));
    const files = await readSignalRules(folder);
    expect(files.map(({ problems }) => problems[0]?.message ?? null)).toEqual([
      null,
      '"id" is docs-waiting, as another file has it',
      'is no file',
      'is larger than 64 kB',
    ]);
    await expect(loadSignalRules(join(folder, 'missing'))).rejects.toMatchObject({
      code: 'Configuration',
    });
  });
});

describe('settings', () => {
  const tunable = defineSignal({
    id: 'tunable',
    version: 1,
    title: 'Tunable',
    description: 'Tuned.',
    subject: 'team',
    severity: 'low',
    params: z.object({ hours: z.number().positive().default(24) }),
    evaluate: () => null,
  });

  it('tune rules and turn them off', () => {
    expect(configureSignals([tunable], { params: { tunable: { hours: 3 } } })[0]?.params).toEqual({
      hours: 3,
    });
    expect(configureSignals([tunable], { off: ['tunable'] })).toEqual([]);
  });

  it.each([
    [{ off: ['tuneable'] }, '"signals.off" names the unknown rule', 'Did you mean tunable?'],
    [{ propose: ['other'] }, '"signals.propose" names the unknown rule', 'adjutant rules'],
    [{ params: { tunable: { hour: 3 } } }, 'unknown parameter "hour"', 'Did you mean hours?'],
    [
      { params: { tunable: { hours: -3 } } },
      'signals.params.tunable.hours',
      'docs/signals/tunable.md',
    ],
  ])('%j is refused', (settings, message, hint) => {
    expect(() => configureSignals([tunable], settings)).toThrow(
      expect.objectContaining({
        code: 'Configuration',
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      }),
    );
  });

  it('refuse two rules of one name', () => {
    expect(() => configureSignals([tunable, { ...tunable, origin: 'a.yaml' }])).toThrow(
      'There are two rules "tunable": code and a.yaml.',
    );
  });
});

describe('a replay', () => {
  it('tells what would have come up and ended when, and writes nothing', async () => {
    const { adjutant, clock, handle, open } = await startWorld({ signals: [] });
    open(1);
    open(2, {
      openedAt: start + 2 * dayMs,
      readyAt: start + 2 * dayMs,
      state: 'merged',
      mergedAt: start + 3.9 * dayMs,
    });
    clock.advance(4 * dayMs);
    await adjutant.sync();
    const [loaded] = await loadSignalRules(folderOf({ 'docs-waiting.yaml': noted }));
    if (loaded === undefined) throw new Error('there is no rule');
    const since = start - 9 * hourMs;
    const replay = await handle.signals.replay({ rule: loaded, since });
    expect(replay).toMatchObject({ missingHistory: null, passes: 5, total: 2, unknown: 0 });
    expect(replay.findings).toMatchObject([
      { openedAt: since + 2 * dayMs, resolvedAt: null },
      { openedAt: since + 4 * dayMs, resolvedAt: clock.now() },
    ]);
    expect(
      replay.days.map(({ day, opened, resolved, open: left }) => [day, opened, resolved, left]),
    ).toEqual([
      ['2026-11-02', 0, 0, 0],
      ['2026-11-03', 1, 0, 1],
      ['2026-11-04', 0, 0, 1],
      ['2026-11-05', 1, 0, 2],
      ['2026-11-06', 0, 1, 1],
    ]);
    const byHour = await handle.signals.replay({ rule: loaded, since, every: 'hour' });
    expect(byHour.findings[0]).toMatchObject({ openedAt: start + 24 * hourMs });
    expect(byHour.findings[1]).toMatchObject({
      openedAt: start + 3 * dayMs,
      resolvedAt: start + 94 * hourMs,
    });
    expect((await handle.signals.list()).total).toBe(0);
  });

  it('says plainly where nothing was kept, and refuses what cannot be', async () => {
    const stream = defineSignal({
      id: 'stream-rule',
      version: 1,
      title: 'Streams',
      description: 'Of streams.',
      subject: 'stream',
      severity: 'low',
      params: z.object({}),
      evaluate: ({ asOf }) => ({ since: asOf, sentence: 'So.' }),
    });
    const { adjutant, clock, handle } = await startWorld({ signals: [stream] });
    const since = start - dayMs;
    expect(await handle.signals.replay({ rule: 'stream-rule', since })).toMatchObject({
      missingHistory: 'When a stream was read before the last time is not kept.',
      total: 0,
    });
    await expect(handle.signals.replay({ rule: 'other', since })).rejects.toMatchObject({
      code: 'NotFound',
    });
    for (const query of [
      { rule: 'stream-rule', since: clock.now() },
      { rule: 'stream-rule', since: start - 40 * dayMs, every: 'hour' as const },
    ]) {
      await expect(handle.signals.replay(query)).rejects.toMatchObject({ code: 'InvalidInput' });
    }
    const { personId } = (await adjutant.owner()) as { personId: string };
    const agent = adjutant.workspace().as({ kind: 'agent', name: 'a', sponsorPersonId: personId });
    await expect(agent.signals.replay({ rule: 'stream-rule', since })).rejects.toMatchObject({
      code: 'Permission',
    });
  });
});

it('a rule that knows no beginning keeps the one of when its finding came up', async () => {
  const text = noted.replace('since: waiting_since\n', '');
  const { adjutant, clock, handle, open } = await startWorld({
    signals: await loadSignalRules(folderOf({ 'docs-waiting.yaml': text })),
  });
  open(1);
  clock.advance(30 * hourMs);
  await adjutant.sync();
  clock.advance(2 * hourMs);
  await adjutant.sync();
  const [found] = (await handle.signals.list()).items;
  expect(found).toMatchObject({ since: start + 30 * hourMs, judgedAt: start + 32 * hourMs });
});

describe('proposing by rule', () => {
  const sent: string[] = [];
  const post = defineAction({
    id: 'message.post',
    title: 'Post a line',
    risk: 'medium',
    reversible: true,
    effectClass: 'keyed',
    inputSchema: z.strictObject({ line: z.string().min(1) }),
    prepare: async (_, { line }) => ({
      target: { source: 'example', externalId: '1', ref: 'board', url: null },
      preconditions: { board: 'open' },
      facts: [],
      recipients: ['everybody'],
      content: line,
      conditions: {},
      excludedAccounts: [],
    }),
    observe: async () => ({ board: 'open' }),
    async execute(_, { payload }) {
      sent.push(payload.line);
      return { outcome: 'applied', result: {} };
    },
  });
  const posting = rule.replace('example.post', 'message.post');

  it('proposes once for each time that a finding comes up, and nothing is sent without a person', async () => {
    const { adjutant, clock, handle, open } = await startWorld({
      signals: await loadSignalRules(folderOf({ 'docs-waiting.yaml': posting })),
      proposeForSignals: ['docs-waiting'],
      actions: [post],
    });
    open(1);
    clock.advance(30 * hourMs);
    await adjutant.sync();
    await adjutant.sync();
    const { items } = await handle.actions.list();
    expect(items).toMatchObject([
      { type: 'message.post', requester: 'system', status: 'preparing' },
    ]);
    const ended = new AbortController();
    const working = adjutant.workActions({ signal: ended.signal });
    await vi.waitFor(
      async () => {
        clock.advance(1_000);
        const pending = await handle.actions.get(items[0]?.id ?? '');
        expect(pending).toMatchObject({ status: 'pending', mode: 'ask' });
      },
      { timeout: 60_000 },
    );
    ended.abort();
    await working;
    expect(sent).toEqual([]);
    open(1, { isDraft: true });
    await adjutant.sync();
    open(1);
    await adjutant.sync();
    expect((await handle.actions.list()).total).toBe(2);
  });

  it('proposes nothing of rules that are not named, and of findings that are muted', async () => {
    const signals = await loadSignalRules(folderOf({ 'docs-waiting.yaml': posting }));
    const silent = await startWorld({ signals, actions: [post] });
    silent.open(1);
    silent.clock.advance(30 * hourMs);
    await silent.adjutant.sync();
    expect((await silent.handle.actions.list()).total).toBe(0);
    const muted = await startWorld({
      signals,
      actions: [post],
      proposeForSignals: ['docs-waiting'],
    });
    await muted.handle.signals.mute({ ruleId: 'docs-waiting' });
    muted.open(1);
    muted.clock.advance(30 * hourMs);
    await muted.adjutant.sync();
    expect((await muted.handle.signals.list({ withHidden: true })).total).toBe(1);
    expect((await muted.handle.actions.list()).total).toBe(0);
  });

  it('goes on where a type of action is not here', async () => {
    const { adjutant, clock, handle, open } = await startWorld({
      signals: await loadSignalRules(folderOf({ 'docs-waiting.yaml': posting })),
      proposeForSignals: ['docs-waiting'],
    });
    open(1);
    clock.advance(30 * hourMs);
    const summary = await adjutant.sync();
    expect(summary.streams.every(({ outcome }) => outcome === 'complete')).toBe(true);
    expect((await handle.signals.list()).total).toBe(1);
    expect((await handle.actions.list()).total).toBe(0);
  });
});
