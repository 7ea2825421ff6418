import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { repositoryRoot } from '../package-build/repository-root.ts';
import { runCommand } from '../run-command.ts';
import { exactly, type Figure } from './figure.ts';

const tests = 'packages/connectors/src/github/rest/recorded-payloads.test.ts';

/** Item 4: payloads that others recorded pass the normalisers. */
export async function payloadFigures(): Promise<Figure[]> {
  const isBeside = existsSync(join(repositoryRoot, '../shared/data/devlake/github'));
  const { exitCode, stdout, stderr } = await runCommand('vitest', ['run', tests], {
    cwd: repositoryRoot,
  });
  if (exitCode !== 0) console.error(stdout, stderr);
  const webhooks = exactly('4', 'tests of recorded payloads that fail', exitCode === 0 ? 0 : 1, 0);
  if (isBeside) return [webhooks];
  // A clone of the repository alone has no such folder beside it.
  return [
    webhooks,
    {
      item: '4',
      name: 'recorded rows beside the repository',
      value: 'absent',
      bound: 'skipped',
      ok: true,
    },
  ];
}
