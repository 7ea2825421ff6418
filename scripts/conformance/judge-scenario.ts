import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Expectations } from './expectations.ts';

const checksSchema = z.array(
  z.object({ id: z.string(), status: z.string(), errorMessage: z.string().optional() }),
);
type Check = z.infer<typeof checksSchema>[number];

/** The checks of each scenario that the suite wrote down. */
export type Checks = ReadonlyMap<string, readonly Check[]>;

export interface Verdict {
  passed: boolean;
  failedAsExpected: string[];
  warnedAsExpected: string[];
  unexpected: string[];
}

// The suite names a folder by scenario and time.
const folderForm = /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/;

/** Reads what the suite wrote into a folder. */
export function readChecks(folder: string): Checks {
  const found = new Map<string, Check[]>();
  for (const name of readdirSync(folder)) {
    const scenario = folderForm.exec(name)?.[1];
    if (scenario === undefined) continue;
    const text = readFileSync(join(folder, name, 'checks.json'), 'utf8');
    found.set(scenario, checksSchema.parse(JSON.parse(text)));
  }
  return found;
}

/** Holds one scenario against what is expected of it; a warning nobody expected is unexpected too. */
export function judgeScenario(
  scenario: string,
  checks: Checks,
  expectations: Expectations,
): Verdict {
  const ran = checks.get(scenario) ?? [];
  const failing = ran.filter(({ status }) => status === 'FAILURE' || status === 'WARNING');
  const named = Object.entries(expectations).map(([key, { status, reason }]) => {
    const found = failing.filter(
      (check) => check.status === status && (key === scenario || key === `${scenario}:${check.id}`),
    );
    return { key, status, line: `${key}: ${reason}`, found };
  });
  const relevant = named.filter(({ key }) => key.split(':')[0] === scenario);
  const accounted = new Set(relevant.flatMap(({ found }) => found));
  const unexpected = [
    ...failing
      .filter((check) => !accounted.has(check))
      .map(({ id, errorMessage }) => `${scenario}:${id} ${errorMessage ?? ''}`.trimEnd()),
    ...relevant
      .filter(({ found }) => found.length === 0)
      .map(({ key, status }) => `${key} is no longer a ${status}, and may not be expected as one`),
  ];
  if (ran.length === 0) unexpected.push(`${scenario} did not run`);
  const happened = (wanted: string) =>
    relevant
      .filter(({ status, found }) => status === wanted && found.length > 0)
      .map(({ line }) => line);
  return {
    passed: failing.length === 0 && unexpected.length === 0,
    failedAsExpected: happened('FAILURE'),
    warnedAsExpected: happened('WARNING'),
    unexpected,
  };
}
