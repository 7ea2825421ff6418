import type { ActionCrashPointName } from '../../packages/core/src/actions/crash-point.ts';
import type { Judged } from '../report.ts';
import { actionsOfEachClass, classes, isShort } from './scenario.ts';

/** What a run left behind: kills, rows, and what the target really applied. */
export interface ActionsRun {
  hits: ReadonlyMap<ActionCrashPointName, number>;
  isComplete: boolean;
  rows: readonly { name: string; effectClass: string; status: string; attempts: number }[];
  /** How often each effect was applied, a send that the wire doubled counting once. */
  applied: Readonly<Record<string, number>>;
  /** How often the target misbehaved in which way. */
  counts: Readonly<Record<string, number>>;
  /** By class: sends that the wire delivered twice, and those of them that were applied twice. */
  doubled: Readonly<Record<string, { arrived: number; applied: number }>>;
  /** Effects for which a request took longer than the lease. */
  late: readonly string[];
  /** Jobs that were delivered a second time and ended. */
  jobsTwice: number;
  /** Kills of the control. */
  naive: number;
  /** What the ledger's check found. */
  findings: number;
}

const leastKills = isShort ? 18 : 100;
const leastOfEach = isShort ? 2 : 5;
const leastActions = isShort ? 90 : 500;
const leastLate = isShort ? 3 : 20;

/** Returns every figure beside what it must be. */
export function judgeActions(run: ActionsRun): Judged[] {
  return [
    ...judgeKills(run),
    ...judgeLate(run),
    ...judgeDoubled(run),
    ...judgeEffects(run),
    ...judgeControl(run),
  ];
}

function judgeKills({ hits, rows, isComplete }: ActionsRun): Judged[] {
  const killed = [...hits.values()].reduce((sum, count) => sum + count, 0);
  return [
    atLeast('actions', rows.length, leastActions),
    ...classes.map((name) =>
      atLeast(
        `  ${name}`,
        rows.filter(({ effectClass }) => effectClass === name).length,
        actionsOfEachClass,
      ),
    ),
    atLeast('kills', killed, leastKills),
    ...[...hits].map(([name, count]) => atLeast(`  at ${name}`, count, leastOfEach)),
    {
      title: 'all settled or with a person in time',
      figure: isComplete ? 'yes' : 'no',
      must: 'yes',
      ok: isComplete,
    },
  ];
}

/** The server's latency beyond the lease: the worker has been given up while it still waits. */
function judgeLate({ counts, late, applied, rows }: ActionsRun): Judged[] {
  const names = new Set(late);
  const own = rows.filter(({ name }) => names.has(name));
  const requests = (counts['late_reply'] ?? 0) + (counts['late_apply'] ?? 0);
  const atWork = `${requests} requests, of them ${counts['late_apply'] ?? 0} applied only then`;
  return [
    {
      ...atLeast('actions whose request took longer than the lease', own.length, leastLate),
      figure: `${own.length} (${atWork})`,
    },
    none(
      '  of them applied more than once',
      own.filter(({ name }) => (applied[name] ?? 0) > 1).length,
    ),
  ];
}

function judgeDoubled({ doubled, jobsTwice }: ActionsRun): Judged[] {
  return [
    atLeast('jobs that were delivered twice', jobsTwice, leastActions),
    ...classes.map((name) => {
      const { arrived, applied } = doubled[name] ?? { arrived: 0, applied: 0 };
      const line = atLeast(`sends that the wire doubled, ${name}`, arrived, 1);
      return { ...line, figure: `${arrived} (${applied} of them applied twice by the target)` };
    }),
    none('  keyed ones that the target applied twice', doubled['keyed']?.applied ?? 0),
  ];
}

function judgeEffects({ rows, applied, findings }: ActionsRun): Judged[] {
  const times = ({ name }: { name: string }): number => applied[name] ?? 0;
  const withStatus = (status: string) => rows.filter((row) => row.status === status);
  const counted = new Map<string, number>();
  for (const { status } of rows) counted.set(status, (counted.get(status) ?? 0) + 1);
  const states = [...counted].map(([status, count]) => `${count} ${status}`).join(', ');
  const humans = withStatus('needs_human');
  const known = new Set(['executed', 'failed', 'needs_human']);
  return [
    none('effects applied by more than one send', rows.filter((row) => times(row) > 1).length),
    none('actions lost', rows.filter(({ status }) => !known.has(status)).length, states),
    none(
      'executed, but never applied',
      withStatus('executed').filter((row) => times(row) === 0).length,
    ),
    none('failed, but applied', withStatus('failed').filter((row) => times(row) > 0).length),
    none(
      'keyed or probeable ones that a person has to look at',
      humans.filter(({ effectClass }) => effectClass !== 'blind').length,
      `${humans.length} blind ones with a person: ${humans.filter((row) => times(row) > 0).length} happened`,
    ),
    none(
      'blind ones attempted more than once',
      rows.filter(({ effectClass, attempts }) => effectClass === 'blind' && attempts > 1).length,
    ),
    none('findings in the ledger', findings),
  ];
}

function judgeControl({ applied, naive }: ActionsRun): Judged[] {
  const control = Object.entries(applied).filter(([name]) => name.startsWith('naive-'));
  const twice = control.filter(([, count]) => count > 1).length;
  return [
    {
      title: `control: effects that a naive loop applied more than once, ${naive} kills`,
      figure: `${twice} of ${control.length}`,
      must: 'at least 1',
      ok: twice >= 1,
    },
  ];
}

function atLeast(title: string, count: number, least: number): Judged {
  return { title, figure: String(count), must: `at least ${least}`, ok: count >= least };
}

function none(title: string, count: number, more?: string): Judged {
  const figure = more === undefined ? String(count) : `${count} (${more})`;
  return { title, figure, must: '0', ok: count === 0 };
}
