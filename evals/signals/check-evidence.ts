import { createAdjutant, type Adjutant } from '@adjutant/core';
import type { SignalFinding } from '@adjutant/core/domain';
import { createFakeClock } from '@adjutant/core/testing';
import { shippedRules } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { z } from 'zod';

/** Rows that say who and what is there, and the findings: no evidence, and yet nothing is told without. */
const frame: ReadonlySet<string> = new Set([
  ...['workspaces', 'repositories', 'accounts', 'people', 'person_accounts', 'teams'],
  ...['repository_teams', 'signal_findings', 'audit_entries', 'audit_heads', 'audit_personal_data'],
]);
/** What belongs to a row and is found by its name. */
const courses: ReadonlySet<string> = new Set([
  ...['work_item_changes', 'work_item_links', 'pull_request_events', 'pull_request_commits'],
  ...['pull_request_work_items', 'incident_events', 'pull_request_facts'],
]);
const lineSchema = z.tuple([z.string(), z.array(z.union([z.string(), z.number(), z.null()]))]);

/**
 * What these say follows from what is not there, from everybody else, or from the index, which is made
 * anew and never exported: no list of rows can hold that.
 */
const needsMore: ReadonlySet<string> = new Set([
  'missing-follow-up',
  'merge-without-review',
  'bus-factor',
  'index-lag',
]);

export interface EvidenceCheck {
  asked: number;
  others: string[];
  /** Rules of which a finding was asked for. */
  rules: Set<string>;
  look(adjutant: Adjutant, now: number, findings: readonly SignalFinding[]): Promise<void>;
}

/**
 * Copies of a store nothing but the rows that a finding names into an empty one, and asks for its sentence
 * there: one finding of each rule, the first that is there when somebody looks.
 */
export function checkEvidence(): EvidenceCheck {
  const check: EvidenceCheck = {
    asked: 0,
    others: [],
    rules: new Set(),
    async look(adjutant, now, findings) {
      const chosen = findings.filter(
        ({ ruleId }, at) =>
          !check.rules.has(ruleId) &&
          !needsMore.has(ruleId) &&
          findings.findIndex((one) => one.ruleId === ruleId) === at,
      );
      if (chosen.length === 0) return;
      const lines: string[] = [];
      for await (const line of adjutant.exportWorkspace()) lines.push(line);
      for (const finding of chosen) {
        check.rules.add(finding.ruleId);
        check.asked += 1;
        const told = await sentenceFrom(lines, finding, now);
        if (told === finding.sentence) continue;
        check.others.push(
          `${finding.ruleId}: "${finding.sentence}", from its rows alone "${told}"`,
        );
      }
    },
  };
  return check;
}

async function sentenceFrom(
  lines: readonly string[],
  { id, evidence }: SignalFinding,
  now: number,
): Promise<string | null> {
  const named = new Set<unknown>(evidence);
  const adjutant = await createAdjutant({
    store: ':memory:',
    metrics: allMetrics,
    signals: shippedRules,
    clock: createFakeClock(now),
  });
  try {
    const { workspaceId } = await adjutant.importWorkspace(kept(lines, named));
    const workspace = adjutant.workspace(workspaceId).as({ kind: 'system' });
    return (await workspace.signals.get(id)).recomputed;
  } finally {
    await adjutant.close();
  }
}

/** Rows of the frame, those that are named, and what happened to them: changes, events, links. */
async function* kept(lines: readonly string[], named: ReadonlySet<unknown>): AsyncIterable<string> {
  const parsed = lines.map((line) => lineSchema.safeParse(JSON.parse(line)).data ?? null);
  // Every table of a source begins with id, workspace, source and external id.
  const things = new Set(
    parsed.flatMap((line) => {
      const [id, , source, externalId] = line?.[1] ?? [];
      return named.has(id) ? [`${source}\n${externalId}`] : [];
    }),
  );
  for (const [at, line] of lines.entries()) {
    const [table = '', values = []] = parsed[at] ?? [];
    const [id, ...rest] = values;
    // Of a course the source stands third, or second where its rows have no id of their own.
    const isOf =
      courses.has(table) &&
      values.some(
        (value) =>
          named.has(value) || rest.slice(0, 2).some((source) => things.has(`${source}\n${value}`)),
      );
    if (table === '' || frame.has(table) || named.has(id) || isOf) yield line;
  }
}
