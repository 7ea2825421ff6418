import { calendarIn } from '../../calendar/calendar-in.ts';
import type { PipelineSubject } from '../../domain/signal-subjects/pipeline-subject.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import { failingStreak, type FailingStreak } from './failing-streak.ts';
import { keyText } from './key-text.ts';
import { medianOf } from '../../median.ts';
import {
  createDefaultBranch,
  type DefaultBranch,
  type EndedRun,
  loadEndedRuns,
} from './pipeline-runs.ts';
import type { SubjectLoader } from './subject-source.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** The last seven days and the four weeks before them. */
const daysRead = 35;
const runsAtOnce = 16;
const mostLaterCommits = 50;
const mostEvidence = 200;
const mostDurationEvidence = 1_000;
/** Fewer runs than these have no middle that could be held against another. */
const fewestEarlier = 5;

type Run = EndedRun & { at: number };

/** Returns every pipeline that ran in the last five weeks, by source, repository and name. */
export const loadPipelines: SubjectLoader<'pipeline'> = async (context) => {
  const runs = (await loadEndedRuns(context, daysRead)).map(
    (run): Run => ({ ...run, at: run.finishedAt }),
  );
  const branch = createDefaultBranch(context);
  const pipelines = Map.groupBy(runs, pipelineKey);
  if (context.withHistory) await branch.learn(runs);
  else await learnStreaks(branch, [...pipelines.values()]);
  const ofRepository = Map.groupBy(runs, codeKey);
  const subjects: PipelineSubject[] = [];
  for (const [id, ofPipeline] of [...pipelines].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    const streak = failingStreak(ofPipeline.filter((run) => branch.has(run)));
    const last = streak.last;
    const others = last === null ? [] : (ofRepository.get(codeKey(last)) ?? []);
    const laterCommitCount =
      last === null || streak.failing.length === 0
        ? null
        : await countLaterCommits(branch, last, others);
    const told = await toSubject(context, ofPipeline, streak);
    if (told === null) continue;
    subjects.push({
      ...told,
      id: `pipeline:${id.replaceAll('\n', ':')}`,
      laterCommitCount,
      ...durations(context, ofPipeline, branch),
    });
    if (subjects.length % runsAtOnce === 0) await yieldToEventLoop();
  }
  return subjects;
};

function pipelineKey({ source, repositoryExternalId, name }: EndedRun): string {
  return `${keyOf(source, repositoryExternalId)}\n${name}`;
}

function codeKey({ codeSource, codeRepository }: EndedRun): string {
  return keyOf(codeSource, codeRepository);
}

/**
 * Looks up the commits of the newest runs of each pipeline, and of earlier ones only until its last
 * success on the default branch is found: most are found at once.
 */
async function learnStreaks(branch: DefaultBranch, pipelines: readonly Run[][]): Promise<void> {
  let open = pipelines.map((runs) => ({ runs, from: runs.length }));
  while (open.length > 0) {
    await branch.learn(
      open.flatMap(({ runs, from }) => runs.slice(Math.max(0, from - runsAtOnce), from)),
    );
    open = open
      .map(({ runs, from }) => ({ runs, from: Math.max(0, from - runsAtOnce) }))
      .filter(
        ({ runs, from }) =>
          from > 0 && !runs.slice(from).some((run) => run.result === 'success' && branch.has(run)),
      );
  }
}

/** On how many commits of the default branch others have run since: where many, it is run no more. */
async function countLaterCommits(
  branch: DefaultBranch,
  last: Run,
  others: readonly Run[],
): Promise<number> {
  const later = others
    .slice(others.lastIndexOf(last) + 1)
    .filter(({ name, sha }) => name !== last.name && sha !== last.sha);
  const newest = later.slice(-10 * mostLaterCommits);
  await branch.learn(newest);
  const commits = new Set(newest.filter((run) => branch.has(run)).map(({ sha }) => sha));
  return Math.min(mostLaterCommits, commits.size);
}

async function toSubject(
  context: SubjectContext,
  runs: readonly Run[],
  { last, failing, before }: FailingStreak<Run>,
): Promise<Omit<PipelineSubject, 'id' | 'laterCommitCount' | keyof Durations> | null> {
  const [any] = runs;
  if (any === undefined) return null;
  const repository = (await context.repositories()).get(codeKey(any));
  const asOf = context.asOf(any.source);
  const name = repository?.name ?? any.codeRepository;
  const failingSince = failing[0]?.at ?? null;
  const shown = last ?? runs.at(-1) ?? any;
  const lately = runs.filter(({ at }) => at > context.now - 7 * dayMs);
  return {
    key: `${name} ${keyText(any.name)}`,
    title: null,
    repository: name,
    source: any.source,
    fullName: repository?.fullName ?? null,
    teamId: repository?.teamId ?? null,
    asOf,
    evidence: [
      ...(before === null ? [] : [before.id]),
      ...(failing.length === 0 ? [shown.id] : failing.slice(-mostEvidence).map(({ id }) => id)),
    ],
    name: any.name,
    lastResult: last === null ? 'unknown' : last.result === 'success' ? 'success' : 'failure',
    lastFinishedAt: last?.at ?? null,
    lastRunId: last?.externalId ?? null,
    failingSince,
    failingHours: context.hoursSince(failingSince, asOf),
    failuresInRow: last === null ? null : failing.length,
    runCount: lately.length,
  };
}

type Durations = Pick<
  PipelineSubject,
  | 'medianMinutes'
  | 'timedRunCount'
  | 'earlierMedianMinutes'
  | 'earlierRunCount'
  | 'durationEvidence'
  | 'weeks'
>;

const noDurations: Durations = {
  medianMinutes: null,
  timedRunCount: null,
  earlierMedianMinutes: null,
  earlierRunCount: null,
  durationEvidence: [],
  weeks: [],
};

function durations(
  context: SubjectContext,
  runs: readonly Run[],
  branch: DefaultBranch,
): Durations {
  if (!context.withHistory) return noDurations;
  const ofDefault = runs.filter((run) => branch.has(run));
  const counted = (ofDefault.length > 0 ? ofDefault : runs).filter(
    ({ result, startedAt, finishedAt }) =>
      result === 'success' && startedAt !== null && finishedAt >= startedAt,
  );
  const minutes = (some: readonly Run[]): number[] =>
    some.map(({ startedAt, finishedAt }) => (finishedAt - (startedAt ?? finishedAt)) / minuteMs);
  const lately = counted.filter(({ at }) => at > context.now - 7 * dayMs);
  const earlier = counted.filter(({ at }) => at <= context.now - 7 * dayMs);
  const starts = calendarIn(context.read.settings.timeZone).startsOf('week', {
    from: context.now - daysRead * dayMs,
    to: context.now,
  });
  return {
    medianMinutes: medianOf(minutes(lately)),
    timedRunCount: lately.length,
    earlierMedianMinutes: medianOf(minutes(earlier), fewestEarlier),
    earlierRunCount: earlier.length,
    durationEvidence: counted.slice(-mostDurationEvidence).map(({ id }) => id),
    weeks: starts.map((start, position) => {
      const end = starts[position + 1] ?? Number.POSITIVE_INFINITY;
      const values = minutes(counted.filter(({ at }) => at >= start && at < end));
      return { start, value: medianOf(values), sampleSize: values.length };
    }),
  };
}
