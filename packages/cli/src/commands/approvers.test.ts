import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { createRowsConnector } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const source = 'forge';

/** A store in which somebody has an account whose id is 4711 and whose login is "ada". */
async function makeFolder(): Promise<string> {
  const cwd = temporaryFolder(onTestFinished);
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  const ada = { source, externalId: '4711', login: 'ada', name: 'Ada Example', email: null };
  const account = { ...ada, emailVerified: false, vendorId: null, kind: 'human', isBot: false };
  const adjutant = await createAdjutant({
    store: join(cwd, 'store.db'),
    connectors: [
      createRowsConnector({
        id: source,
        records: () => ({ organization: { accounts: [{ ...account, kind: 'human' as const }] } }),
      }),
    ],
  });
  await adjutant.sync();
  await adjutant.close();
  // The command adopts the store, and somebody has to say whose its accounts are.
  await runCli(['approvers', 'confirm', '--people', '--yes'], { cwd });
  return cwd;
}

const grantSchema = z.object({ id: z.string(), personName: z.string(), scope: z.string() });

test('a second person is given the right to decide, and it is taken back', async () => {
  const cwd = await makeFolder();
  const run = (...argv: string[]) => runCli(['approvers', ...argv], { cwd });
  const granted = await run('grant', 'forge:4711', '--type', 'pr.merge', '--json');
  expect(granted.exitCode).toBe(0);
  const grant = grantSchema.parse(JSON.parse(granted.stdout));
  expect(grant).toMatchObject({ personName: 'Ada Example', scope: 'pr.merge' });
  const { stdout } = await run();
  expect(stdout).toMatch(/Owner\s+adjutant:owner:default\s+every action/);
  expect(stdout).toMatch(/Ada Example\s+forge:4711\s+pr\.merge\s+0 passkeys/);
  const revoked = await run('revoke', grant.id.slice(-8));
  expect(revoked).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Ada Example') });
  expect((await run('list')).stdout).not.toContain('Ada Example');
  const told = await runCli(['audit', 'list'], { cwd });
  expect(told.stdout).toMatch(/approver\.revoked[\s\S]*approver\.granted/);
});

test('a right goes to an id that never changes, not to a login', async () => {
  const cwd = await makeFolder();
  const { exitCode, stderr } = await runCli(['approvers', 'grant', 'forge:ada'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Did you mean forge:4711, which is Ada Example?');
  expect((await runCli(['approvers'], { cwd })).stdout).not.toContain('Ada');
});

test.each([
  ['grant nobody', 'not an account'],
  ['grant forge:1', 'No person has the account'],
  ['grant forge:4711 --escalation 12', 'from 0 to 9'],
  ['revoke 12345678', 'No right'],
  ['link ada --port 1', 'No page is served'],
])('approvers %s is refused with what to do', async (line, message) => {
  const cwd = await makeFolder();
  const { exitCode, stderr } = await runCli(['approvers', ...line.split(' ')], { cwd });
  expect(exitCode).toBeGreaterThan(1);
  expect(stderr).toContain(message);
});
