import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@adjutant/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeClone, testNow } from '../testing/make-clone.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const clock: Clock = {
  now: () => testNow,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
const removals: (() => void)[] = [];
let clone: string;
beforeAll(() => {
  clone = makeClone(
    join(
      temporaryFolder((remove) => removals.push(remove)),
      'api',
    ),
  );
  writeFileSync(
    join(clone, 'adjutant.config.yaml'),
    'connectors: { git: { repositories: [.] } }\n',
  );
});
afterAll(() => removals.forEach((remove) => remove()));

const run = (line: string, cwd = clone) => runCli(line.split(' '), { cwd, clock });
const answerSchema = z.object({ since: z.number(), records: z.number(), rowsChanged: z.number() });

describe('a backfill', () => {
  test('goes back to the first instant of its day, and reads nothing twice into the store', async () => {
    const first = answerSchema.parse(
      JSON.parse((await run('backfill --since 2026-01-31 --json')).stdout),
    );
    expect(first.since).toBe(Date.UTC(2026, 0, 31));
    expect(first.records).toBeGreaterThan(0);
    const again = answerSchema.parse(JSON.parse((await run('backfill --days 30 --json')).stdout));
    const today = Math.floor(testNow / 86_400_000);
    expect(again.since).toBe((today - 30) * 86_400_000);
    expect(again.rowsChanged).toBe(0);
  });

  test('says how far back it went', async () => {
    const { stdout, exitCode } = await run('backfill --since 2026-01-31');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Read back to 2026-01-31, that day included (UTC).');
  });

  test.each([
    'backfill',
    'backfill --since 2026-01-31 --days 3',
    'backfill --since yesterday',
    'backfill --since 2999-01-01',
    'backfill --days 0',
    'backfill --days many',
  ])('%s says what to write instead', async (line) => {
    const { stdout, stderr, exitCode } = await run(line);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/--since|--days|day/);
    expect([1, 2]).toContain(exitCode);
  });

  test('without a source says so', async () => {
    const empty = temporaryFolder((remove) => removals.push(remove));
    expect((await run('backfill --days 3', empty)).stderr).toContain('adjutant init');
  });
});
