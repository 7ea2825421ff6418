import type { JobRunner, NewJob, StoreTransaction } from '../jobs/job-runner.ts';

/** A runner under test and the world around it. */
export interface JobRunnerHarness {
  /** Returns a runner as another process would have it: over the same jobs, with no handlers yet. */
  createRunner(): JobRunner;
  /** Runs the work in a transaction of the store that holds the jobs. */
  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>;
  /** Returns the instant that the runners see. */
  now(): number;
  /** Moves the runners' time on. */
  advance(milliseconds: number): void;
  /** Longer than any runner leaves the jobs of a lost worker alone. */
  lostAfterMs: number;
  /** Longer than the longest wait between attempts. */
  longestBackoffMs: number;
  close(): Promise<void>;
}

/** A case, by what it proves. */
export type JobRunnerCase = readonly [
  title: string,
  run: (harness: JobRunnerHarness) => Promise<void>,
];

/** The workspace of every case. */
export const workspaceId = 'conformance';

/** Returns a job of the kind that `recording` handles. */
export function job(subjectId: string, fields: Partial<NewJob> = {}): NewJob {
  return { workspaceId, kind: 'work', subjectId, ...fields };
}

/** Returns a runner that notes which subjects it ran. */
export function recording(harness: JobRunnerHarness): { runner: JobRunner; ran: string[] } {
  const runner = harness.createRunner();
  const ran: string[] = [];
  runner.handle('work', async ({ subjectId }) => {
    ran.push(subjectId);
    return undefined;
  });
  return { runner, ran };
}

/** Adds jobs in one transaction. */
export async function add(
  harness: JobRunnerHarness,
  runner: JobRunner,
  ...added: readonly NewJob[]
): Promise<void> {
  await harness.transaction(async (transaction) => {
    for (const one of added) await runner.enqueue(transaction, one);
  });
}

/** Runs what is due, and comes back. */
export async function pass(runner: JobRunner, concurrency?: number): Promise<void> {
  const { signal } = new AbortController();
  await runner.work({ signal, once: true, ...(concurrency === undefined ? {} : { concurrency }) });
}

/** Runs what is due so many times, with the longest wait between attempts after each. */
export async function passUntilQuiet(
  harness: JobRunnerHarness,
  runner: JobRunner,
  passes: number,
): Promise<void> {
  for (let index = 0; index < passes; index += 1) {
    await pass(runner);
    harness.advance(harness.longestBackoffMs);
  }
}

/** Throws unless the promise rejects. */
export async function expectRejection(promise: Promise<unknown>, message: string): Promise<void> {
  const failed = await promise.then(
    () => false,
    () => true,
  );
  ensure(failed, message);
}

/** Throws unless both lists hold the same. */
export function expectList(actual: readonly unknown[], expected: readonly unknown[]): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  ensure(left === right, `${left} instead of ${right}`);
}

/** Throws unless the condition holds. */
export function ensure(condition: boolean, message: string): void {
  if (!condition) throw new Error(`Conformance: ${message}.`);
}
