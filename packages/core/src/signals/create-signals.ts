import { sql } from 'drizzle-orm';
import type { SignalFinding } from '../domain/signal.ts';
import { AdjutantError } from '../errors.ts';
import { noteUntold } from '../privacy/note-untold.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';
import { findDefaultTeam } from '../workspace/default-team.ts';
import { assignFinding, muteRule, snoozeFinding, unmuteRule } from './change-finding.ts';
import { loadSubjects } from './evaluate-signals.ts';
import type { SignalDetail, SignalRuleView, Signals } from './handle.ts';
import { readEvidence } from './read-evidence.ts';
import { listFindings, readFinding, readFindingHistory } from './read-findings.ts';
import { replayRule } from './replay-rule.ts';
import { runSignals } from './run-signals.ts';
import { hasUntoldShare } from './has-untold-share.ts';
import { createSubjectContext } from './subject-context.ts';

/** Returns what a handle offers of signals. */
export function createSignals(context: ReadContext): Signals {
  return {
    list: (query = {}) => listFindings(context, query),
    get: (id) => readDetail(context, id),
    rules: () => readRules(context),
    async subjects(kind) {
      const subjects = await createSubjectContext(context, context.clock.now());
      const told = await ofTeam(context, await loadSubjects(subjects, kind));
      if (told.some(hasUntoldShare)) noteUntold(context, null, 'too_few_people');
      return told;
    },
    async evaluate(options = {}) {
      if (context.viewer.kind === 'agent') {
        throw new AdjutantError('Permission', 'An assistant does not run rules.', {
          hint: 'A sync runs them; "adjutant signals --evaluate" does so at a terminal.',
        });
      }
      return runSignals(context, options);
    },
    async replay(query) {
      if (context.viewer.kind === 'agent') {
        throw new AdjutantError('Permission', 'An assistant does not try rules on history.', {
          hint: 'Run "adjutant rules replay" at a terminal.',
        });
      }
      return replayRule(context, query);
    },
    snooze: (id, until) => snoozeFinding(context, id, until),
    assign: (id, personId) => assignFinding(context, id, personId),
    mute: (what) => muteRule(context, what),
    unmute: (what) => unmuteRule(context, what),
  };
}

/** What the viewer's team owns, as findings are told; what nobody owns is the default team's. */
async function ofTeam<Subject extends { teamId: string | null }>(
  { store, workspaceId, teamId }: ReadContext,
  subjects: Subject[],
): Promise<Subject[]> {
  if (teamId === null) return subjects;
  const byDefault = await findDefaultTeam(store, workspaceId);
  return subjects.filter((subject) => (subject.teamId ?? byDefault) === teamId);
}

async function readDetail(context: ReadContext, id: string): Promise<SignalDetail> {
  const finding = await readFinding(context, id);
  const rule = context.signalRules?.find((known) => known.id === finding.ruleId);
  return {
    ...finding,
    ruleTitle: rule?.title ?? finding.ruleId,
    ruleDescription: rule?.description ?? '',
    history: await readFindingHistory(context, id),
    evidenceRows: await readEvidence(context, finding.evidence),
    recomputed: await recompute(context, finding),
  };
}

/** The sentence as the rows give it for the instant that the finding was judged for. */
async function recompute(context: ReadContext, finding: SignalFinding): Promise<string | null> {
  const rule = context.signalRules?.find((known) => known.id === finding.ruleId);
  if (rule === undefined || rule.version !== finding.ruleVersion) return null;
  const asOf = await createSubjectContext(context, finding.judgedAt, { isPast: true });
  const subjects = await loadSubjects(asOf, rule.subject);
  const subject = subjects.find((known) => known.id === finding.subjectId);
  if (subject === undefined) return null;
  const { timeZone } = context.settings;
  const outcome = rule.evaluate(subject, { now: finding.judgedAt, isOpen: true, timeZone });
  return outcome === null || 'unknown' in outcome ? null : outcome.sentence;
}

type Run = [string, number, number, number, number, string | null, string | null];

async function readRules({
  store,
  workspaceId,
  signalRules = [],
}: ReadContext): Promise<SignalRuleView[]> {
  const runs = await queryTuples<Run>(
    store.read,
    sql`select rule_id, ran_at, judged, open, unknown, unknown_reason, error
      from signal_rule_runs where workspace_id = ${workspaceId}`,
  );
  const muted = await queryTuples<[string]>(
    store.read,
    sql`select rule_id from signal_mutes where workspace_id = ${workspaceId} and subject_id = ''`,
  );
  const runOf = new Map(runs.map((run) => [run[0], run]));
  const mutedIds = new Set(muted.map(([ruleId]) => ruleId));
  return signalRules.map((rule) => {
    const [, ranAt = null, judged = 0, open = 0, unknown = 0, unknownReason = null, error = null] =
      runOf.get(rule.id) ?? [rule.id];
    const { id, version, title, description, subject, severity, cadence, origin, params } = rule;
    return {
      id,
      version,
      title,
      description,
      subject,
      severity,
      cadence,
      origin,
      params,
      isMuted: mutedIds.has(id),
      ranAt,
      judged,
      open,
      unknown,
      unknownReason,
      error,
    };
  });
}
