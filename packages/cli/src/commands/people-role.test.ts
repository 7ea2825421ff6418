import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exitCodes } from '../exit-codes.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

test('a terminal gives nobody a role, and says what does', async () => {
  const cwd = temporaryFolder(onTestFinished);
  const clone = join(cwd, 'api');
  mkdirSync(clone);
  const git = (...words: string[]) => execFileSync('git', ['-C', clone, ...words]);
  git('init', '-q', '-b', 'main');
  git('config', 'user.email', 'ada@acme.example');
  git('config', 'user.name', 'Ada');
  git('commit', '-q', '--allow-empty', '-m', 'Begin');
  const config = 'store: store.db\nconnectors: { git: { repositories: [api] } }\n';
  writeFileSync(join(cwd, 'adjutant.config.yaml'), config);
  await runCli(['sync'], { cwd });
  const role = (...words: string[]) => runCli(['people', 'role', ...words], { cwd });

  const refused = await role('ada', 'lead');
  expect(refused).toMatchObject({ exitCode: exitCodes.failed, stdout: '' });
  expect(refused.stderr).toContain('It takes your passkey.');
  expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain('enrol one under Passkeys');
  expect((await role('ada', 'member')).stdout).toContain('is member already');
  const told: unknown = JSON.parse((await role('ada', 'member', '--json')).stdout);
  expect(told).toMatchObject({ was: 'member', role: 'member' });
  expect(await role('ada', 'admin')).toMatchObject({
    exitCode: exitCodes.usage,
    stderr: expect.stringContaining('member or lead'),
  });
  expect((await role('nobody', 'lead')).exitCode).toBe(exitCodes.usage);
}, 60_000);
