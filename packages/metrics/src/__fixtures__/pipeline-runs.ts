import type { SubjectRows } from '@adjutant/core/domain';

export type PipelineRunRow = SubjectRows['pipeline_run'];
export type ActionRow = SubjectRows['action'];

const minuteMs = 60_000;

/** A successful run of ten minutes that waited for two, with whatever is given in place of that. */
export function runRow(finishedAt: number, fields: Partial<PipelineRunRow> = {}): PipelineRunRow {
  return {
    id: String(finishedAt),
    repositoryExternalId: 'repository',
    name: 'build',
    result: 'success',
    sha: `sha-${finishedAt}`,
    queuedAt: finishedAt - 12 * minuteMs,
    startedAt: finishedAt - 10 * minuteMs,
    finishedAt,
    ...fields,
  };
}

/** Runs of five pipelines as a store may hold them: some cancelled, some without start or commit. */
export function randomRuns(
  count: number,
  random: () => number,
  instant: () => number,
): PipelineRunRow[] {
  const results = ['success', 'success', 'success', 'failure', 'cancelled', null] as const;
  return Array.from({ length: count }, (_, index) => {
    const finishedAt = instant();
    const startedAt = finishedAt - Math.floor((random() - 0.02) * 60) * minuteMs;
    return runRow(finishedAt, {
      id: String(index),
      name: `pipeline ${Math.floor(random() * 5)}`,
      result: results[Math.floor(random() * results.length)] ?? null,
      sha: random() < 0.9 ? `sha-${Math.floor(random() * count)}` : null,
      startedAt: random() < 0.95 ? startedAt : null,
      queuedAt: random() < 0.9 ? startedAt - Math.floor(random() * 20) * minuteMs : null,
    });
  });
}

/** Decided actions, a third of them by policy. */
export function randomActions(
  count: number,
  random: () => number,
  instant: () => number,
): ActionRow[] {
  return Array.from({ length: count }, (_, index) => {
    const decidedAt = instant();
    return {
      id: String(index),
      type: 'example.post',
      decidedAt,
      preparedAt: random() < 0.95 ? decidedAt - Math.floor(random() * 600) * minuteMs : null,
      byPolicy: random() < 0.33,
      verdict: random() < 0.8 ? ('approve' as const) : ('decline' as const),
      modified: random() < 0.2,
    };
  });
}
