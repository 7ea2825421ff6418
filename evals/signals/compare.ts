import type { Label } from './label.ts';
import type { Stretch } from './live-through.ts';
import { dayMs, dayText, hourMs } from './working-time.ts';

/** Sources are read twice a day, and rules that look at days run once a day. */
const readingGraceMs = 26 * hourMs;
/** A finding may take that long to go away after its cause is gone. */
const clearingGraceMs = 3 * dayMs;

export interface RuleFigures {
  rule: string;
  planted: number;
  lookAlikes: number;
  found: number;
  /** Findings that say what is so. */
  right: number;
  wrong: number;
  /** Findings over which people would differ. */
  either: number;
  /** Stretches beyond those that were planted, of one finding. */
  flaps: number;
  problems: string[];
}

/** Holds what was found against what is true. */
export function compare(
  labels: readonly Label[],
  stretches: readonly Stretch[],
  { rules, to, seed }: { rules: readonly string[]; to: number; seed: number },
): RuleFigures[] {
  return rules.map((rule) => {
    const figures = compareRule(
      rule,
      labels.filter((label) => label.rule === rule).map((label) => asOfEnd(label, to)),
      stretches.filter((stretch) => stretch.rule === rule),
    );
    const problems = figures.problems.map((problem) => `seed ${seed}: ${problem}`);
    return { ...figures, problems };
  });
}

/** Returns the figures of several worlds as those of one. */
export function addUp(worlds: readonly (readonly RuleFigures[])[]): RuleFigures[] {
  const [first = [], ...others] = worlds;
  return others.reduce<RuleFigures[]>(
    (sums, world) =>
      sums.map((sum, at) => {
        const more = world[at];
        if (more === undefined) return sum;
        return {
          rule: sum.rule,
          planted: sum.planted + more.planted,
          lookAlikes: sum.lookAlikes + more.lookAlikes,
          found: sum.found + more.found,
          right: sum.right + more.right,
          wrong: sum.wrong + more.wrong,
          either: sum.either + more.either,
          flaps: sum.flaps + more.flaps,
          problems: [...sum.problems, ...more.problems],
        };
      }),
    [...first],
  );
}

/** What need not be found before the end may be found all the same. */
function asOfEnd(label: Label, to: number): Label {
  const isDue = label.kind !== 'firing' || label.mustBy + readingGraceMs < to;
  return isDue ? label : { ...label, kind: 'either' };
}

function compareRule(
  rule: string,
  labels: readonly Label[],
  stretches: readonly Stretch[],
): RuleFigures {
  const problems: string[] = [];
  const firing = labels.filter(({ kind }) => kind === 'firing');
  const rightFor = new Map<Label, Stretch[]>();
  let wrong = 0;
  let either = 0;
  for (const stretch of stretches) {
    const about = labels.filter(({ key }) => isOf(key, stretch));
    const fits = about.find((label) => label.kind === 'firing' && isWithin(label, stretch));
    if (fits !== undefined) {
      rightFor.set(fits, [...(rightFor.get(fits) ?? []), stretch]);
      continue;
    }
    if (about.some((label) => label.kind === 'either' && isWithin(label, stretch))) {
      either += 1;
      continue;
    }
    wrong += 1;
    problems.push(wrongText(stretch, about));
  }
  let right = 0;
  for (const label of firing) {
    const found = rightFor.get(label) ?? [];
    const [first] = found;
    if (first !== undefined && first.openedAt <= label.mustBy + readingGraceMs) right += 1;
    else if (first !== undefined)
      problems.push(`late   ${line(label)}, found ${day(first.openedAt)}`);
    else problems.push(`missed ${line(label)}`);
  }
  const flaps = flapsOf(stretches, rightFor);
  problems.push(
    ...flaps.map((found) => `flaps  ${found[0]?.key ?? ''}: ${found.map(span).join(', ')}`),
  );
  return {
    rule,
    planted: firing.length,
    lookAlikes: labels.filter(({ kind }) => kind === 'lookAlike').length,
    found: right,
    right: [...rightFor.values()].flat().length,
    wrong,
    either,
    flaps: flaps.length,
    problems,
  };
}

/** The stretches of each finding that came up more often than it had a reason to. */
function flapsOf(
  stretches: readonly Stretch[],
  rightFor: ReadonlyMap<Label, readonly Stretch[]>,
): Stretch[][] {
  const ofOne = Map.groupBy(stretches, ({ fingerprint }) => fingerprint);
  return [...ofOne].flatMap(([fingerprint, found]) => {
    const reasons = [...rightFor.values()].filter((of) =>
      of.some((stretch) => stretch.fingerprint === fingerprint),
    );
    return found.length > Math.max(1, reasons.length) ? [found] : [];
  });
}

function isOf(key: string, { key: of }: Stretch): boolean {
  return key.endsWith('*') ? of.startsWith(key.slice(0, -1)) : key === of;
}

/** Whether it came up when it may have, and went when it had to. */
function isWithin({ mayFrom, until }: Label, { openedAt, closedAt }: Stretch): boolean {
  const isOpenedWithin = openedAt >= mayFrom && openedAt <= until;
  return isOpenedWithin && (closedAt ?? 0) <= until + clearingGraceMs;
}

function wrongText(stretch: Stretch, about: readonly Label[]): string {
  const [label] = about;
  const why = label === undefined ? 'nothing planted' : `${label.kind}: ${line(label)}`;
  return `wrong  ${stretch.key} ${span(stretch)} "${stretch.sentence}" (${why})`;
}

function line({ key, what, mayFrom, mustBy, until }: Label): string {
  return `${key} [${day(mayFrom)}, by ${day(mustBy)}, to ${day(until)}] ${what}`;
}

function span({ openedAt, closedAt }: Stretch): string {
  return `${day(openedAt)}–${closedAt === null ? '…' : day(closedAt)}`;
}

function day(at: number): string {
  return `${dayText(at)}T${new Date(at).toISOString().slice(11, 16)}`;
}
