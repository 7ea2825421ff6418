/** One event of a sync's progress, with when it was told. */
export interface ToldProgress {
  atMs: number;
  stream: string;
  phase: string;
  records: number;
  totalEstimate: number | null;
  remainingMs: number | null;
}

export interface JudgedProgress {
  /** Streams that were long enough to be told of more than a few times. */
  streams: number;
  /** Events that were judged. */
  events: number;
  /** Furthest that an estimate of a total was from the real one, from the second batch on. */
  worstTotalError: number;
  /** Furthest that an estimate of the time left was from the real one in a stream's second half. */
  worstTimeFactor: number;
  /** Events of those streams that told no total or no time. */
  silent: number;
}

const fewestBatches = 10;
/** What is left at the very end is less than a batch takes: no estimate can tell it. */
const shortestShareLeft = 0.05;

/** Holds what a sync said of itself while it ran against what then happened. */
export function judgeProgress(told: readonly ToldProgress[]): JudgedProgress {
  const judged = { streams: 0, events: 0, worstTotalError: 0, worstTimeFactor: 1, silent: 0 };
  for (const stream of new Set(told.map((event) => event.stream))) {
    const events = told.filter((event) => event.stream === stream && event.phase === 'reading');
    const [first] = events;
    const last = events.at(-1);
    if (first === undefined || last === undefined || events.length < fewestBatches) continue;
    judged.streams += 1;
    for (const event of events.slice(1)) {
      judged.events += 1;
      const { totalEstimate, remainingMs } = event;
      if (totalEstimate === null || remainingMs === null) {
        judged.silent += 1;
        continue;
      }
      const error = Math.abs(totalEstimate - last.records) / last.records;
      judged.worstTotalError = Math.max(judged.worstTotalError, error);
      const leftMs = last.atMs - event.atMs;
      const isSecondHalf = event.records >= last.records / 2;
      if (!isSecondHalf || leftMs < shortestShareLeft * (last.atMs - first.atMs)) continue;
      const factor = Math.max(remainingMs / leftMs, leftMs / remainingMs);
      judged.worstTimeFactor = Math.max(judged.worstTimeFactor, factor);
    }
  }
  return judged;
}
