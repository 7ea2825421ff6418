import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

function makeFolder(gateway = ''): string {
  const cwd = temporaryFolder(onTestFinished);
  writeFileSync(join(cwd, 'adjutant.config.yaml'), `store: store.db\n${gateway}`);
  return cwd;
}

const madeSchema = z.object({ id: z.string(), token: z.string() });

test('a token is made, printed once, listed without itself, and ended', async () => {
  const cwd = makeFolder();
  const run = (...argv: string[]) => runCli(['tokens', ...argv], { cwd });
  const made = await run(
    'create',
    'desk',
    '--scope',
    'read',
    '--scope',
    'mcp',
    '--agent',
    'helper',
  );
  expect(made.exitCode).toBe(0);
  const [token = ''] = made.stdout.split('\n');
  expect(token).toMatch(/^adj_[\w-]{43}$/);
  expect(made.stdout).toContain('an assistant that works for you');
  const id = /tokens revoke (\S+)/.exec(made.stdout)?.[1] ?? '';
  const listed = await run();
  expect(listed.stdout).toMatch(/desk\s+"helper" for Owner\s+read mcp\s+never/);
  expect(listed.stdout).not.toContain(token);
  const adjutant = await createAdjutant({ store: join(cwd, 'store.db') });
  const viewer = { kind: 'agent', name: 'helper', sponsorPersonId: 'owner:default' };
  expect(await adjutant.verifyAccessToken(token)).toMatchObject({ viewer });
  expect(await run('revoke', id)).toMatchObject({ exitCode: 0 });
  expect(await adjutant.verifyAccessToken(token)).toBeNull();
  await adjutant.close();
  expect((await run('list')).stdout).toContain('revoked');
  const ledger = (await runCli(['audit', 'list'], { cwd })).stdout;
  expect(ledger).toMatch(/access_token\.revoked[\s\S]*access_token\.created/);
  expect(readFileSync(join(cwd, 'store.db')).includes(token.slice(4))).toBe(false);
});

test('for a program it is one JSON document, with as many days as were asked for', async () => {
  const cwd = makeFolder();
  const argv = ['tokens', 'create', 'script', '--scope', 'read', '--days', '7', '--json'];
  const { stdout } = await runCli(argv, { cwd });
  const made = madeSchema
    .extend({ createdAt: z.number(), expiresAt: z.number(), agentName: z.null() })
    .parse(JSON.parse(stdout));
  expect(made.expiresAt - made.createdAt).toBe(7 * 86_400_000);
});

test.each([
  ['create desk', '--scope'],
  ['create desk --scope decide', 'scope'],
  ['create desk --scope write --agent helper', 'An assistant gets no scope "write"'],
  ['create desk --scope read --days 0', 'expiresInDays'],
  ['create desk --scope read --days many', 'days'],
  ['revoke nothing-like-it', 'No open token has that id'],
])('"tokens %s" is refused with what is wrong', async (line, words) => {
  const { exitCode, stdout, stderr } = await runCli(['tokens', ...line.split(' ')], {
    cwd: makeFolder(),
  });
  expect(exitCode).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toContain(words);
});

test('whoever pastes the token itself to end it does not see it printed', async () => {
  const token = `adj_${'A'.repeat(43)}`;
  const { stderr } = await runCli(['tokens', 'revoke', token], { cwd: makeFolder() });
  expect(stderr).not.toContain(token);
});
