import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const stepSchema = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  run: z.string().optional(),
  if: z.string().optional(),
});
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    schedule: z.array(z.strictObject({ cron: z.string().regex(/^\S+(?: \S+){4}$/) })).min(1),
    workflow_dispatch: z.object({}),
  }),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.literal(false) }),
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.array(z.string()),
      'timeout-minutes': z.number(),
      steps: z.array(stepSchema).min(1),
    }),
  ),
});

test('the example of a retention workflow is one, and calls commands that there are', () => {
  const text = readFileSync(join(root, 'docs', 'operations', 'retention-workflow.yml'), 'utf8');
  const workflow = workflowSchema.parse(parse(text));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  const calls = steps
    .flatMap(({ run }) => run?.split('\n') ?? [])
    .filter((line) => line !== '')
    .map((line) => /^npx -y @adjutant\/cli ([a-z]+)(?: ([a-z]+))?/.exec(line));
  expect(calls.length).toBeGreaterThanOrEqual(4);
  for (const call of calls) {
    const [, command = '', subcommand] = call ?? [];
    const file = subcommand === undefined ? command : `${command}-${subcommand}`;
    expect(existsSync(join(root, 'packages/cli/src/commands', `${file}.ts`)), file).toBe(true);
  }
  // Nothing is deleted that was not counted first, and by hand only where somebody says so.
  const real = steps.findIndex(({ run }) => run?.includes('purge --yes'));
  const dry = steps.findIndex(({ run }) => run?.includes('purge --dry-run'));
  expect(dry).toBeGreaterThanOrEqual(0);
  expect(real).toBeGreaterThan(dry);
  expect(steps[real]?.if).toContain('inputs.dry-run == false');
});
