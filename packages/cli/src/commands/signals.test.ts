import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant, type DomainRows } from '@adjutant/core';
import { buildPullRequest, createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const hourMs = 3_600_000;
/** A Monday. */
const start = Date.UTC(2026, 8, 7, 9);
const page = readFileSync(
  join(import.meta.dirname, '../../../../docs/signals/adding-a-rule.md'),
  'utf8',
);
const [, shown = ''] = /## An example[\s\S]*?```yaml\n([\s\S]*?)```/.exec(page) ?? [];

const clock = createFakeClock(start + 50 * hourMs);
let cwd: string;

function request(number: number, fields: Parameters<typeof buildPullRequest>[0]): DomainRows {
  return {
    pullRequests: [
      buildPullRequest({
        source: 'forge',
        repositoryExternalId: 'shop',
        externalId: `request-${number}`,
        number,
        title: 'Widgets \u001b[31mexplained',
        state: 'open',
        mergedAt: null,
        closedAt: null,
        mergeSha: null,
        openedAt: start,
        readyAt: start,
        labels: ['documentation'],
        ...fields,
      }),
    ],
  };
}

const repositories: DomainRows = {
  accounts: [
    {
      source: 'forge',
      externalId: 'ada',
      login: 'ada',
      name: null,
      email: null,
      emailVerified: false,
      vendorId: null,
      kind: 'human',
      isBot: false,
    },
  ],
  repositories: [
    {
      source: 'forge',
      externalId: 'shop',
      name: 'shop',
      fullName: 'acme/shop',
      url: null,
      defaultBranch: 'main',
      mergeStyle: null,
    },
  ],
};

beforeEach(async () => {
  cwd = temporaryFolder(onTestFinished);
  // Of the shipped rules one finds the same, which is not what is looked at here.
  const off = 'signals: {off: [waiting-for-review]}\n';
  writeFileSync(join(cwd, 'adjutant.config.yaml'), `store: store.db\n${off}`);
  const records = {
    repositories,
    one: request(1, {}),
    two: request(2, { labels: [] }),
    three: request(3, { state: 'merged', mergedAt: start + 45 * hourMs }),
  };
  const adjutant = await createAdjutant({
    store: join(cwd, 'store.db'),
    clock,
    connectors: [createRowsConnector({ id: 'forge', showsReviews: true, records: () => records })],
  });
  await adjutant.sync();
  await adjutant.close();
});

function writeRule(text: string = shown, name = 'docs-waiting.yaml'): void {
  mkdirSync(join(cwd, 'rules'), { recursive: true });
  writeFileSync(join(cwd, 'rules', name), text);
}

const run = (...argv: string[]) => runCli(argv, { cwd, clock });

const findingsSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

async function onlyFinding(): Promise<string> {
  const { stdout } = await run('signals', '--evaluate', '--json');
  const [finding] = findingsSchema.parse(JSON.parse(stdout)).items;
  if (finding === undefined) throw new Error('nothing was found');
  return finding.id;
}

test('a rule is added by following the page alone', async () => {
  writeRule();
  expect(shown.trim().split('\n').length).toBeLessThan(13);
  expect(await run('rules', 'check')).toMatchObject({
    exitCode: 0,
    stdout: 'ok rules/docs-waiting.yaml\n',
  });
  const tested = await run('rules', 'test');
  expect(tested).toMatchObject({ exitCode: 0 });
  expect(tested.stdout).toContain('3 of 3 are as expected.');
  const replayed = await run('rules', 'replay', 'docs-waiting', '--since', '2026-09-01');
  expect(replayed.exitCode).toBe(0);
  expect(replayed.stdout).toContain('2026-09-08      2     0     2');
  expect(replayed.stdout).toContain('shop#1 changes documentation');
  expect(replayed.stdout).toContain('2 findings');
  const listed = await run('signals', '--evaluate');
  expect(listed.exitCode).toBe(0);
  expect(listed.stdout).toMatch(
    /^Low\n {2}shop#1 changes documentation and has waited for a review for 2 days\.\n {4}shop#1 · 2 d 2 h · docs-waiting · 1 row · [0-9a-f]{8}\n/,
  );
  expect(listed.stdout).not.toContain('shop#2');
});

describe('signals', () => {
  test('show one in full, with its rows and what can be proposed, ready for a shell', async () => {
    const suggest = `suggest: {type: note.draft, payload: {title: "it's {key}", body: waits}}\n`;
    writeRule(shown.replace('tests:', `${suggest}tests:`));
    const id = await onlyFinding();
    const { exitCode, stdout } = await run('signals', 'show', id.slice(-8));
    expect(exitCode).toBe(0);
    expect(stdout).toContain('shop#1: “Widgets explained”');
    expect(stdout).toContain('It comes out of these rows again, word for word.');
    expect(stdout).toContain('pull request · acme/shop#1 · 2026-09-07 09:00');
    expect(stdout).toContain('opened by system');
    const line = stdout.split('\n').find((text) => text.includes('actions propose'));
    expect(line).toMatch(
      /^ {2}adjutant actions propose note\.draft --payload '\{"title":"it'\\''s shop#1","body":"waits"\}' --key signal-[0-9a-f]{8}-1-1$/,
    );
    const proposed = await run(
      'actions',
      'propose',
      'note.draft',
      '--payload',
      `{"title":"it's shop#1","body":"waits"}`,
      '--key',
      /--key (\S+)/.exec(line ?? '')?.[1] ?? '',
    );
    expect(proposed.exitCode).toBe(0);
  });

  test('are answered with a proposal where the configuration asks for it, and with nothing more', async () => {
    const suggest = `suggest: {type: note.draft, payload: {title: 'About {key}', body: waits}}\n`;
    writeRule(shown.replace('tests:', `${suggest}tests:`));
    await run('signals', '--evaluate');
    expect((await run('actions')).stdout).toBe('Nothing was proposed yet.\n');
    const signals = 'signals: {propose: [docs-waiting]}\n';
    writeFileSync(join(cwd, 'adjutant.config.yaml'), `store: store.db\n${signals}`);
    await run('signals', '--evaluate');
    await run('signals', '--evaluate');
    const { items } = z
      .object({ items: z.array(z.looseObject({ requester: z.string(), status: z.string() })) })
      .parse(JSON.parse((await run('actions', '--json')).stdout));
    expect(items).toMatchObject([{ type: 'note.draft', requester: 'system', status: 'preparing' }]);
  });

  test('are hidden for a time, given to somebody, and muted', async () => {
    writeRule();
    const id = await onlyFinding();
    expect((await run('signals', 'snooze', id, '--for', '3d')).stdout).toContain(
      'Hidden until 2026-09-12 11:00 UTC: shop#1',
    );
    expect((await run('signals')).stdout).toBe('Nothing was found.\n');
    expect((await run('signals', '--all')).stdout).toContain('hidden until 2026-09-12');
    expect((await run('signals', 'snooze', id, '--end')).stdout).toContain('Shown again');
    expect((await run('signals', 'assign', id, 'ada')).stdout).toContain('Given to ada: shop#1');
    expect((await run('signals', 'show', id)).stdout).toContain('Given to ada');
    expect((await run('signals', 'assign', id, '--nobody')).exitCode).toBe(0);
    expect((await run('rules', 'mute', 'docs-waiting', '--finding', id)).stdout).toContain(
      'finds of shop#1 is not shown',
    );
    expect((await run('signals')).stdout).toBe('Nothing was found.\n');
    await run('rules', 'unmute', 'docs-waiting', '--finding', id);
    expect((await run('rules', 'mute', 'docs-waiting', '--reason', 'noise')).exitCode).toBe(0);
    expect((await run('rules')).stdout).toMatch(/docs-waiting .* muted +docs-waiting\.yaml/);
    await run('rules', 'unmute', 'docs-waiting');
    expect((await run('signals', '--severity', 'medium')).stdout).toBe('Nothing was found.\n');
    expect((await run('signals', '--rule', 'docs-waiting')).stdout).toContain('shop#1');
  });

  test.each([
    [['signals', '--rule', 'docs-wating'], 2, 'Did you mean docs-waiting?'],
    [['signals', '--severity', 'huge'], 2, 'write one of info, low, medium, high'],
    [['signals', 'show', 'nothing1'], 2, 'adjutant signals'],
    [['signals', 'snooze', 'nothing1'], 2, '--for 3d'],
    [['signals', 'snooze', 'nothing1', '--for', 'ever'], 2, 'write a number and a unit'],
    [['signals', 'assign', 'nothing1'], 2, '--nobody'],
    [['rules', 'replay', 'docs-waiting'], 2, '--since 2026-09-01'],
    [['rules', 'replay', 'docs-waiting', '--since', 'ever'], 2, 'write the first day'],
    [['rules', 'replay', 'docs-wating', '--since', '2026-09-01'], 2, 'Did you mean docs-waiting?'],
    [['rules', 'mute', 'other-rule'], 2, '"adjutant rules" lists them.'],
    [['rules', 'test', 'docs-wating'], 2, 'Did you mean docs-waiting?'],
  ])('%j is answered with what to do', async (argv, exitCode, words) => {
    writeRule();
    const result = await run(...argv);
    expect(result.stderr).toContain(words);
    expect(result.exitCode).toBe(exitCode);
  });
});

describe('rules', () => {
  test('that are wrong are told with their places, and stop what opens the store', async () => {
    writeRule(shown.replace('waiting_for ==', 'waiting_fro =='));
    const checked = await run('rules', 'check');
    expect(checked.exitCode).toBe(1);
    expect(checked.stdout).toBe(
      'wrong rules/docs-waiting.yaml:5:37: "when": Unknown variable: waiting_fro.\n      Did you mean waiting_for?\n',
    );
    expect(await run('signals')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('rules/docs-waiting.yaml:5:37'),
    });
    expect((await run('rules', 'test')).exitCode).toBe(1);
  });

  test('whose tests fail tell the fields, and the exit code', async () => {
    writeRule(shown.replace('waiting_weekday_hours: 30', 'waiting_weekday_hours: 3'));
    const { exitCode, stdout } = await run('rules', 'test', 'docs-waiting');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('expected: fires; it says nothing');
    expect(stdout).toContain('waiting_weekday_hours: 3\n');
    expect(stdout).toContain('2 of 3 are as expected.');
    const json = await run('rules', 'test', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      passed: false,
      rules: [{ rule: 'docs-waiting' }],
    });
  });

  test('are those that came with the product where there are no others', async () => {
    expect(await run('rules', 'check')).toMatchObject({ exitCode: 1 });
    expect((await run('rules', 'test')).stderr).toContain('adding-a-rule.md');
    const { stdout } = await run('rules');
    expect(stdout).toMatch(/stale-pull-request +medium +never +0 +0 +shipped/);
  });

  test('are tuned and turned off by the configuration, which names only those that are', async () => {
    const configure = (signals: string) =>
      writeFileSync(join(cwd, 'adjutant.config.yaml'), `store: store.db\nsignals: ${signals}\n`);
    configure('{params: {stale-pull-request: {idleDays: 1}}}');
    expect((await run('signals', '--evaluate')).stdout).toContain('Nobody has touched shop#1');
    configure('{off: [stale-pull-request]}');
    expect((await run('rules', '--json')).stdout).not.toContain('stale-pull-request');
    configure('{off: [stale-pull-requests]}');
    expect(await run('rules')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('Did you mean stale-pull-request?'),
    });
    writeRule(shown.replaceAll('docs-waiting', 'stale-pull-request'), 'stale-pull-request.yaml');
    configure('{}');
    expect((await run('rules', 'check')).stderr).toContain('There are two rules');
    configure('{rules: nowhere}');
    expect((await run('rules')).stderr).toContain('signals.rules');
  });
});
