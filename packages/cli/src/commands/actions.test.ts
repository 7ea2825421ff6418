import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

function makeFolder(): string {
  const cwd = temporaryFolder(onTestFinished);
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  return cwd;
}

const payload = JSON.stringify({ title: 'A note', body: 'hello' });
const propose = ['actions', 'propose', 'note.draft', '--payload', payload, '--key', 'key-12345678'];
const actionSchema = z.object({ id: z.string(), status: z.string() });

async function proposeIn(cwd: string): Promise<string> {
  const { exitCode, stdout } = await runCli([...propose, '--json'], { cwd });
  expect(exitCode).toBe(0);
  return actionSchema.parse(JSON.parse(stdout)).id;
}

test('with a broken policy actions can be listed, stopped and withdrawn, and nothing more', async () => {
  const cwd = makeFolder();
  const id = await proposeIn(cwd);
  writeFileSync(join(cwd, 'adjutant.policy.yaml'), 'actions: [');
  const run = (...argv: string[]) => runCli(['actions', ...argv], { cwd });
  expect(await run('list')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('note') });
  expect(await run('show', id)).toMatchObject({ exitCode: 0 });
  expect(await run('stop', '--reason', 'broken')).toMatchObject({ exitCode: 0 });
  expect(await run('withdraw', id)).toMatchObject({ exitCode: 0 });
  const other = await runCli([...propose.slice(0, -1), 'key-87654321'], { cwd });
  expect(other.exitCode).toBe(3);
  const { stdout } = await runCli(['doctor'], { cwd });
  expect(stdout).toContain('Stopped since');
  expect(stdout).toContain('The policy cannot be read');
});

test('what a proposal lacks is told at once, with where to read it', async () => {
  const cwd = makeFolder();
  const { exitCode, stderr } = await runCli(['actions', 'propose', 'pr.merge'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--payload <json> and --key <key>');
  expect(stderr).toContain('adjutant actions types pr.merge');
  const short = await runCli([...propose.slice(0, -1), 'short'], { cwd });
  expect(short.stderr).toContain('8 to 200 characters');
  expect(short.stderr).not.toContain('expected string');
});

test.each([
  ['actions', '--status', 'pendin'],
  ['actions', 'list', '--status', 'pendin'],
])('a mistyped state is answered with the one that was meant: %s %s %s', async (...argv) => {
  const { exitCode, stderr } = await runCli(argv, { cwd: makeFolder() });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('did you mean pending?');
  expect(stderr).not.toContain('"preparing"|');
});

test('a state in words is taken, before and behind the name of the list', async () => {
  const cwd = makeFolder();
  await proposeIn(cwd);
  for (const line of ['actions --status preparing', 'actions list --status preparing']) {
    expect((await runCli(line.split(' '), { cwd })).stdout).toContain('note.draft');
  }
  const none = await runCli(['actions', 'list', '--status', 'needs human'], { cwd });
  expect(none).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining('note.draft') });
});

test('what can be proposed is listed with what it takes', async () => {
  const cwd = makeFolder();
  const all = await runCli(['actions', 'types'], { cwd });
  expect(all.stdout).toMatch(/note\.draft\s+low\s+Keep a private draft\s+title, body/);
  const one = await runCli(['actions', 'types', 'note.draft'], { cwd });
  expect(one.stdout).toContain(
    `adjutant actions propose note.draft --payload '{"title":"…","body":"…"}'`,
  );
  const json = await runCli(['actions', 'types', 'note.draft', '--json'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject({
    id: 'note.draft',
    payload: { type: 'object', required: ['title', 'body'] },
  });
  const mistyped = await runCli(['actions', 'types', 'note.drft'], { cwd });
  expect(mistyped).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Did you mean note.draft?'),
  });
});

test('an entry of the ledger is shown by the number that stands first in the list', async () => {
  const cwd = makeFolder();
  await proposeIn(cwd);
  const listed = await runCli(['audit', 'list', '--json'], { cwd });
  const { items } = z
    .object({ items: z.array(z.object({ id: z.string(), seq: z.number() })) })
    .parse(JSON.parse(listed.stdout));
  const [newest] = items;
  const shown = await runCli(['audit', 'show', String(newest?.seq), '--json'], { cwd });
  expect(JSON.parse(shown.stdout)).toMatchObject({ id: newest?.id });
  expect((await runCli(['audit', 'show', '99999'], { cwd })).exitCode).toBe(2);
});
