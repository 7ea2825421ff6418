import type { Adjutant } from '@adjutant/core';
import { shippedRules } from '@adjutant/insights';
import type { EvaluationLine } from '../evaluation-line.ts';
import { checkBriefs } from './check-briefs.ts';
import { checkEvidence } from './check-evidence.ts';
import { checkSentences } from './check-sentences.ts';
import { addUp, compare, type RuleFigures } from './compare.ts';
import { liveThrough, type Reading } from './live-through.ts';
import { reportLines } from './report-lines.ts';
import { dayText } from './working-time.ts';

/** Seeds that nothing was tuned on. */
const usualSeeds = [1009, 2003, 3001];

export interface SignalsOptions {
  seeds?: readonly number[] | undefined;
  days: number;
}

/** What the evaluation found out beside what each rule finds. */
export interface Checks {
  sentences: ReturnType<typeof checkSentences>;
  evidence: ReturnType<typeof checkEvidence>;
  briefs: ReturnType<typeof checkBriefs>;
  troubles: string[];
}

/** Lives through three months of each seed and returns how often what was told was right. */
export async function evaluateSignals({
  seeds = usualSeeds,
  days,
}: SignalsOptions): Promise<EvaluationLine[]> {
  const checks: Checks = {
    ...{ sentences: checkSentences(), evidence: checkEvidence(), briefs: checkBriefs() },
    troubles: [],
  };
  const all: RuleFigures[][] = [];
  const untold = new Map<string, string>();
  for (const seed of seeds) {
    const began = Date.now();
    const lived = await liveThrough({
      ...{ seed, days },
      look: async (reading) => {
        await lookAt(checks, reading);
        if (reading.day % 15 === 0 && reading.isMorning) tell(seed, reading, Date.now() - began);
      },
    });
    const rules = shippedRules.map(({ id }) => id);
    const { labels, to } = lived.world;
    all.push(compare(labels, lived.stretches, { rules, to, seed }));
    checks.troubles.push(...lived.troubles);
    for (const { id, error, unknownReason } of lived.rules) {
      if (error !== null) checks.troubles.push(`${id} failed: ${error}`);
      else if (unknownReason !== null) untold.set(id, unknownReason);
    }
  }
  return reportLines(addUp(all), checks, untold);
}

function tell(seed: number, { now }: Reading, tookMs: number): void {
  console.error(`  seed ${seed}: ${dayText(now)}, after ${Math.round(tookMs / 1_000)} s`);
}

async function lookAt(checks: Checks, reading: Reading): Promise<void> {
  const { adjutant, workspace, opened, open, day, isMorning, now, organisation } = reading;
  await checks.sentences.look(workspace, opened);
  if (!isMorning || day % 30 !== 29) return;
  await checks.sentences.look(workspace, open);
  await checks.evidence.look(adjutant, now, open);
  const names = organisation.people.flatMap(({ name, github }) => [name, github.login]);
  await checks.briefs.look(workspace, await idsIn(adjutant), names);
}

/** What rows begin with: their ids, for the most part. */
async function idsIn(adjutant: Adjutant): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const line of adjutant.exportWorkspace()) {
    const [, id] = /^\["[a-z_]+",\["([^"]+)"/.exec(line) ?? [];
    if (id !== undefined) found.add(id);
  }
  return found;
}
