import { noteUntold } from '../privacy/note-untold.ts';
import { sql } from 'drizzle-orm';
import { dayOf } from '../calendar/local-time.ts';
import type { SignalSubjectKind, SignalSubjects } from '../domain/signal-subjects/index.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { acquireLease } from '../store/lease.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { AnySignalRule } from './define-signal.ts';
import { type JudgeContext, judgeSubjects, type RuleVerdict } from './judge-subjects.ts';
import {
  isOpenFinding,
  type KnownFinding,
  readOpenFindings,
  readResolvedFindings,
} from './known-findings.ts';
import { nextFindings, resolvedChange } from './next-findings.ts';
import type { SignalPass } from './signal-pass.ts';
import { createSubjectContext, type SubjectContext } from './subject-context.ts';
import { subjectLoaders } from './subjects/loaders.ts';
import { writeFindings } from './write-findings.ts';

const leaseMs = 120_000;
const dayMs = 86_400_000;

export interface SignalPassOptions {
  rules: readonly AnySignalRule[];
  /** Runs daily rules too, though they ran today. */
  everything?: boolean;
}

/**
 * Runs rules over the workspace as it is and writes what changed; null where another process is at it.
 * Rules that look at days run once a day.
 */
export async function evaluateSignals(
  context: ReadContext,
  options: SignalPassOptions,
): Promise<SignalPass | null> {
  const { store, workspaceId, clock } = context;
  const lease = await acquireLease(store, {
    workspaceId,
    name: 'signals',
    durationMs: leaseMs,
    clock,
  });
  if (lease === null) return null;
  try {
    return await pass(context, options);
  } finally {
    await lease.release().catch(() => undefined);
  }
}

async function pass(context: ReadContext, options: SignalPassOptions): Promise<SignalPass> {
  const { store, workspaceId, clock, settings } = context;
  const now = clock.now();
  const streamsRead = await countStreamsRead(context);
  const ranToday =
    options.everything === true ? new Set<string>() : await rulesOfToday(context, now, streamsRead);
  const due = options.rules.filter(
    (rule) => rule.cadence === 'sync' || !ranToday.has(runKey(rule)),
  );
  const subjectContext = await createSubjectContext(context, now);
  const open = await readOpenFindings(store.read, workspaceId);
  const judging: PassJudging = {
    timeZone: settings.timeZone,
    open: subjectsByRule(open),
    ranToday,
  };
  const verdicts = await judgeAll(subjectContext, due, judging);
  for (const { refusal } of verdicts) {
    if (refusal !== null) noteUntold(context, null, refusal);
  }
  const found = verdicts.flatMap((verdict) => verdict.found);
  const known = new Map(open.map((finding) => [finding.fingerprint, finding]));
  const news = found.map(({ fingerprint }) => fingerprint).filter((print) => !known.has(print));
  for (const finding of await readResolvedFindings(store.read, workspaceId, news)) {
    known.set(finding.fingerprint, finding);
  }
  const ruleIds = new Set(options.rules.map(({ id }) => id));
  const orphans = open.filter(({ ruleId }) => !ruleIds.has(ruleId));
  const changes = [
    ...nextFindings(verdicts, {
      now,
      known,
      announced: await announcedInDay(context, now),
      suggest: (rule, { subject, judgedAt }, isOpen) => [
        ...rule.suggest(subject, { now: judgedAt, isOpen, timeZone: settings.timeZone }),
      ],
    }),
    ...orphans.map((finding) => resolvedChange(finding, now, 'rule_removed')),
  ];
  await writeFindings(store, { workspaceId, now, streamsRead, changes, verdicts });
  const counted = (kinds: readonly string[]): number =>
    changes.filter(({ history }) => kinds.includes(history ?? '')).length;
  return {
    rules: due.length,
    judged: verdicts.reduce((sum, { judged }) => sum + judged, 0),
    opened: counted(['opened', 'reopened']),
    resolved: counted(['resolved']),
    open: found.length,
  };
}

function subjectsByRule(open: readonly KnownFinding[]): Map<string, Set<string>> {
  const byRule = Map.groupBy(open, ({ ruleId }) => ruleId);
  return new Map(
    [...byRule].map(([ruleId, findings]) => [
      ruleId,
      new Set(findings.map(({ subjectId }) => subjectId)),
    ]),
  );
}

interface PassJudging extends JudgeContext {
  ranToday: ReadonlySet<string>;
}

/** Subjects of a kind are read once, and let go before those of the next. */
async function judgeAll(
  context: SubjectContext,
  rules: readonly AnySignalRule[],
  judging: PassJudging,
): Promise<RuleVerdict[]> {
  const verdicts: RuleVerdict[] = [];
  for (const [kind, ofKind] of Map.groupBy(rules, ({ subject }) => subject)) {
    const subjects = await loadSubjects(
      {
        ...context,
        withHistory: ofKind.some(looksAtWeeks),
        onlyRecent: ofKind.every((rule) => judging.ranToday.has(runKey(rule))),
      },
      kind,
    );
    for (const rule of ofKind) verdicts.push(await judgeSubjects(rule, subjects, judging));
  }
  return verdicts;
}

/** Rules of others may look at any field, whatever they say of when they run. */
function looksAtWeeks({ cadence, origin }: AnySignalRule): boolean {
  return cadence === 'daily' || origin !== 'shipped';
}

/** Returns the subjects of one kind, as they are. */
export async function loadSubjects<Kind extends SignalSubjectKind>(
  context: SubjectContext,
  kind: Kind,
): Promise<SignalSubjects[Kind][]> {
  return subjectLoaders[kind](context);
}

const runKey = ({ id, version }: Pick<AnySignalRule, 'id' | 'version'>): string =>
  `${id} ${version}`;

/**
 * Rules that ran to their end today, each in the version that did, and saw all streams that are read to
 * their end by now: what a source shows in its first reading may be over for days, and is new all the same.
 */
async function rulesOfToday(
  { store, workspaceId, settings }: ReadContext,
  now: number,
  streamsRead: number,
): Promise<Set<string>> {
  const runs = await queryTuples<[string, number, number]>(
    store.read,
    sql`select rule_id, rule_version, ran_at from signal_rule_runs
      where workspace_id = ${workspaceId} and error is null
        and streams_read = ${streamsRead}`,
  );
  const today = dayOf(now, settings.timeZone);
  return new Set(
    runs
      .filter(([, , ranAt]) => dayOf(ranAt, settings.timeZone) === today)
      .map(([id, version]) => runKey({ id, version })),
  );
}

async function countStreamsRead({ store, workspaceId }: ReadContext): Promise<number> {
  const [row] = await queryTuples<[number]>(
    store.read,
    sql`select count(*) from sync_cursors
      where workspace_id = ${workspaceId} and last_finished_at is not null`,
  );
  return row?.[0] ?? 0;
}

/** What is over already was told of all the same; what came up in a day cannot have ended before it. */
async function announcedInDay(
  { store, workspaceId }: ReadContext,
  now: number,
): Promise<Map<string, number>> {
  const since = now - dayMs;
  return new Map(
    await queryTuples<[string, number]>(
      store.read,
      sql`select rule_id, count(*) from (
          select f.rule_id from signal_findings f where f.workspace_id = ${workspaceId}
            and ${isOpenFinding('f')} and f.is_announced = 1 and f.opened_at > ${since}
          union all
          select f.rule_id from signal_findings f where f.workspace_id = ${workspaceId}
            and f.state = 'resolved' and f.resolved_at > ${since}
            and f.is_announced = 1 and f.opened_at > ${since}) told
        group by rule_id`,
    ),
  );
}
