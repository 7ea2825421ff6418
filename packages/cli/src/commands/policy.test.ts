import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const founding = join(
  import.meta.dirname,
  '../../../core/src/policy/__fixtures__/founding.policy.yaml',
);

function foundingFolder(): string {
  const folder = temporaryFolder(onTestFinished);
  copyFileSync(founding, join(folder, 'adjutant.policy.yaml'));
  return folder;
}

function run(cwd: string, ...argv: string[]) {
  return runCli(['policy', ...argv], { cwd });
}

test('the founding policy has nothing wrong with it', async () => {
  const { exitCode, stdout } = await run(foundingFolder(), 'check');
  expect([exitCode, stdout]).toEqual([0, 'ok adjutant.policy.yaml\n']);
});

test('an empty policy is told, with the reason', async () => {
  const folder = temporaryFolder(onTestFinished);
  writeFileSync(join(folder, 'p.yaml'), '# later\n');
  const { exitCode, stdout } = await run(folder, 'check', 'p.yaml');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('wrong p.yaml:1:1: is empty.');
  expect(stdout).toContain('Write at least one action');
});

test('everything that is wrong is listed, as JSON too', async () => {
  const folder = temporaryFolder(onTestFinished);
  writeFileSync(
    join(folder, 'adjutant.policy.yaml'),
    'actions:\n  pr.merge: {mode: auto}\n  pr.zap: {}\n',
  );
  const { exitCode, stdout } = await run(folder, 'check', '--json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    file: 'adjutant.policy.yaml',
    valid: false,
    problems: [
      { line: 2, column: 20 },
      { line: 3, column: 3 },
    ],
  });
});

test('without a policy file check says so, and explain answers for the default', async () => {
  const folder = temporaryFolder(onTestFinished);
  const checked = await run(folder, 'check');
  expect([checked.exitCode, checked.stdout]).toEqual([
    1,
    'There is no adjutant.policy.yaml here to check. What is in force: adjutant policy show\n',
  ]);
  const explained = await run(folder, 'explain', 'pr.merge');
  expect(explained.exitCode).toBe(0);
  expect(explained.stdout).toContain('somebody has to approve with presence');
  expect(explained.stdout).toContain('the built-in rules');
  expect(explained.stderr).toContain('this is the default policy');
  const mistyped = await run(folder, 'explain', 'pr.marge');
  expect(mistyped).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Did you mean pr.merge?'),
  });
});

test('the file beside the configuration holds, not one further up or down', async () => {
  const folder = foundingFolder();
  mkdirSync(join(folder, 'inner'));
  writeFileSync(join(folder, 'inner', 'adjutant.config.yaml'), 'store: file:a.db\n');
  expect((await run(join(folder, 'inner'), 'check')).exitCode).toBe(1);
  writeFileSync(join(folder, 'inner', 'adjutant.policy.yaml'), 'limits: {pii_redaction: strict}\n');
  expect((await run(join(folder, 'inner'), 'check')).exitCode).toBe(0);
});

test.each([
  ['pr.merge', [], 'require_approval', 4],
  ['pr.label', [], 'auto', 5],
  ['pr.label', ['requester=assistant', 'payload={"labels":["triage"]}'], 'ask', 5],
  ['pr.comment.summary', ['channel_public=false'], 'auto', 8],
  ['pr.comment.summary', ['channel_public=unknown'], 'ask', 8],
  ['pr.comment.summary', ['channel_public=false', 'channel_members=11'], 'ask', 13],
  ['issue.create.low', [], 'ask', 9],
  ['incident.page', [], 'require_approval', 10],
] as const)('explain %s with %j: %s, line %i', async (type, conditions, mode, line) => {
  const options = conditions.flatMap((condition) => ['--condition', condition]);
  const { exitCode, stdout } = await run(foundingFolder(), 'explain', type, ...options, '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    type,
    verdict: { mode },
    steps: expect.arrayContaining([
      expect.objectContaining({
        isDecisive: true,
        place: expect.stringContaining(`adjutant.policy.yaml:${line}:`),
      }),
    ]),
  });
});

test.each([
  ['channel_public', 'written name=value'],
  ['chanel_public=true', 'chanel_public'],
  ['channel_public=maybe', 'channel_public'],
])('a condition %s is refused with what to write', async (condition, words) => {
  const { exitCode, stderr } = await run(
    foundingFolder(),
    'explain',
    'pr.label',
    '--condition',
    condition,
  );
  expect(exitCode).toBe(2);
  expect(stderr).toContain(words);
});

const table = (mode: string) => `
policy: adjutant.policy.yaml
cases:
  - name: merging needs a person
    action: pr.merge
    given: {requester: assistant}
    expect: {mode: ${mode}}
`;

test('a table passes or names what came instead', async () => {
  const folder = foundingFolder();
  writeFileSync(join(folder, 'good.yaml'), table('require_approval'));
  writeFileSync(join(folder, 'bad.yaml'), table('auto'));
  const good = await run(folder, 'test', 'good.yaml');
  expect([good.exitCode, good.stdout]).toEqual([
    0,
    'ok    merging needs a person (pr.merge, line 4)\n\n1 of 1 are as expected.\n',
  ]);
  const bad = await run(folder, 'test', 'bad.yaml');
  expect(bad.exitCode).toBe(1);
  expect(bad.stdout).toContain('mode is require_approval, not auto');
  expect((await run(folder, 'test', 'none.yaml')).exitCode).toBe(3);
});

test('show tells what is in force, and what of a looser file waits', async () => {
  const folder = foundingFolder();
  writeFileSync(join(folder, 'adjutant.config.yaml'), 'store: file:a.db\n');
  const first = await run(folder, 'show', '--json');
  expect(first.exitCode).toBe(0);
  const { hash } = JSON.parse(first.stdout) as { hash: string };
  writeFileSync(join(folder, 'adjutant.policy.yaml'), 'limits: {max_monthly_cost_usd: 5000}\n');
  const second = await run(folder, 'show');
  expect(second.stdout).toContain(`In force ${hash.slice(0, 12)}`);
  expect(second.stdout).toContain('asks for less and waits');
  expect(second.stdout).toContain('max_monthly_cost_usd: 200 becomes 5000.');
  const waiting = await runCli(['actions', '--json'], { cwd: folder });
  expect(waiting.stdout).toContain('policy.update');
});

test('with a broken policy nothing is shown but where it is broken', async () => {
  const folder = temporaryFolder(onTestFinished);
  writeFileSync(join(folder, 'adjutant.config.yaml'), 'store: file:a.db\n');
  writeFileSync(
    join(folder, 'adjutant.policy.yaml'),
    'actions:\n  pr.comment.summary: {mode: ask_if_channel_public: true}\n',
  );
  const { exitCode, stdout, stderr } = await run(folder, 'show');
  expect([exitCode, stdout]).toEqual([3, '']);
  expect(stderr).toContain('adjutant.policy.yaml:2:30');
  expect(stderr).toContain('mode: {base: auto, ask_if: [channel_public]}');
});
