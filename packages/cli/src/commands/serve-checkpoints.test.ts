import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

test('serving leaves a checkpoint where the configuration wants one, and the ledger fits it', async () => {
  const cwd = temporaryFolder(onTestFinished);
  writeFileSync(
    join(cwd, 'adjutant.config.yaml'),
    'store: store.db\ncheckpoints: { to: away, cron: "0 4 * * *" }\n',
  );
  const files = () => (existsSync(join(cwd, 'away')) ? readdirSync(join(cwd, 'away')) : []);
  const stopping = new AbortController();
  const serving = runCli(['serve', '--port', '0'], { cwd, signal: stopping.signal });
  await expect.poll(() => files().length, { timeout: 60_000 }).toBeGreaterThan(0);
  stopping.abort();
  const { stderr } = await serving;
  expect(stderr).toBe('');
  const verified = await runCli(['audit', 'verify', '--checkpoint', 'away'], { cwd });
  expect(verified).toMatchObject({ exitCode: 0 });
  expect(verified.stdout).toContain('Held against');
  const schedules = await runCli(['jobs'], { cwd });
  expect(schedules.stdout).toMatch(/audit\.checkpoint +0 4 \* \* \* UTC/);
});
