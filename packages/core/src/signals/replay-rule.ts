import { z } from 'zod';
import type { RefusalReason } from '../privacy/refusal.ts';
import { noteUntold } from '../privacy/note-untold.ts';
import { dayOf, instantOfLocal, nextDay } from '../calendar/local-time.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { AnySignalRule } from './define-signal.ts';
import { loadSubjects } from './evaluate-signals.ts';
import type { ReplayedFinding, ReplayQuery, SignalReplay } from './handle.ts';
import { judgeSubjects } from './judge-subjects.ts';
import { missingHistory } from './kept-history.ts';
import type { KnownFinding } from './known-findings.ts';
import { type FindingChange, nextFindings } from './next-findings.ts';
import { createSubjectContext } from './subject-context.ts';

const everySchema = z.enum(['day', 'hour']).default('day');
const hourMs = 3_600_000;
/** A year and more by days; a month by hours. */
const mostPasses = 750;
const mostFindings = 1_000;

/**
 * Returns what a rule would have found, pass by pass, by the rows as they were. It writes nothing.
 * @throws AdjutantError `NotFound` (rule), `InvalidInput`
 */
export async function replayRule(context: ReadContext, query: ReplayQuery): Promise<SignalReplay> {
  const rule = ruleOf(context, query.rule);
  const { timeZone } = context.settings;
  const every = parseInput(everySchema, query.every);
  const now = context.clock.now();
  const passes = passesOf(query.since, now, every, timeZone);
  const replay: SignalReplay = {
    ruleId: rule.id,
    title: rule.title,
    subject: rule.subject,
    since: query.since,
    until: now,
    every,
    missingHistory: missingHistory[rule.subject] ?? null,
    passes: 0,
    judged: 0,
    unknown: 0,
    unknownReason: null,
    days: [],
    total: 0,
    findings: [],
  };
  if (replay.missingHistory !== null) return replay;
  const known = new Map<string, KnownFinding>();
  const openSubjects = new Set<string>();
  const last = new Map<string, ReplayedFinding>();
  let refusal: RefusalReason | null = null;
  for (const at of passes) {
    const subjects = await loadSubjects(
      await createSubjectContext(context, at, { isPast: true }),
      rule.subject,
    );
    const verdict = await judgeSubjects(rule, subjects, {
      timeZone,
      open: new Map([[rule.id, openSubjects]]),
    });
    if (verdict.error !== null) {
      throw new AdjutantError('InvalidInput', `The rule ${rule.id} fails: ${verdict.error}.`, {
        hint: 'Run "adjutant rules test" for it.',
      });
    }
    refusal ??= verdict.refusal;
    const changes = nextFindings([verdict], {
      now: at,
      known,
      announced: new Map(),
      suggest: () => [],
    });
    for (const { next } of changes) {
      known.set(next.fingerprint, { ...next, id: next.fingerprint });
      if (next.state === 'open') openSubjects.add(next.subjectId);
      else openSubjects.delete(next.subjectId);
    }
    note(replay, last, changes);
    replay.passes += 1;
    replay.judged += verdict.judged;
    replay.unknown = verdict.unknown.size;
    replay.unknownReason = verdict.unknownReason ?? replay.unknownReason;
    countDay(replay, dayOf(at - 1, timeZone), changes, openSubjects.size);
    await yieldToEventLoop();
  }
  // However often it was refused on the way, it was asked once.
  if (refusal !== null) noteUntold(context, null, refusal);
  return replay;
}

function ruleOf({ signalRules = [] }: ReadContext, asked: ReplayQuery['rule']): AnySignalRule {
  if (typeof asked !== 'string') return asked;
  const rule = signalRules.find(({ id }) => id === asked);
  if (rule !== undefined) return rule;
  throw new AdjutantError('NotFound', 'There is no rule of that name here.', {
    hint: 'Run "adjutant rules" for those that are.',
  });
}

/** The end of each day, or each hour, and now. */
function passesOf(
  since: number,
  now: number,
  every: 'day' | 'hour',
  timeZone: string,
): readonly number[] {
  if (!Number.isSafeInteger(since) || since < 0 || since >= now) {
    throw new AdjutantError('InvalidInput', 'A rule is replayed from an instant that has passed.');
  }
  const passes: number[] = [];
  let at = since;
  while (at < now) {
    const next =
      every === 'hour'
        ? at + hourMs
        : instantOfLocal(nextDay(dayOf(at, timeZone)), '00:00', timeZone);
    at = Math.min(now, next);
    passes.push(at);
    if (passes.length > mostPasses) {
      throw new AdjutantError('InvalidInput', `That is more than ${mostPasses} times.`, {
        hint: 'Begin later, or replay by day.',
      });
    }
  }
  return passes;
}

function note(
  replay: SignalReplay,
  last: Map<string, ReplayedFinding>,
  changes: readonly FindingChange[],
): void {
  for (const { next, history } of changes) {
    const { fingerprint, subjectId, subjectKey, severity, sentence, since } = next;
    if (history === 'opened' || history === 'reopened') {
      const { openedAt } = next;
      const finding: ReplayedFinding = {
        subjectId,
        subjectKey,
        severity,
        sentence,
        since,
        openedAt,
        resolvedAt: null,
      };
      last.set(fingerprint, finding);
      replay.total += 1;
      if (replay.findings.length < mostFindings) replay.findings.push(finding);
      continue;
    }
    const finding = last.get(fingerprint);
    if (finding === undefined) continue;
    if (history === 'resolved') finding.resolvedAt = next.resolvedAt;
    else Object.assign(finding, { severity, sentence });
  }
}

function countDay(
  { days }: SignalReplay,
  day: string,
  changes: readonly FindingChange[],
  open: number,
): void {
  let counted = days.at(-1);
  if (counted?.day !== day) {
    counted = { day, opened: 0, resolved: 0, open: 0 };
    days.push(counted);
  }
  for (const { history } of changes) {
    if (history === 'opened' || history === 'reopened') counted.opened += 1;
    else if (history === 'resolved') counted.resolved += 1;
  }
  counted.open = open;
}
