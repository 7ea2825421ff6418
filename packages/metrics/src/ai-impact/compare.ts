import type {
  AiImpactArm,
  AiImpactComparison,
  AiImpactOptions,
  AiImpactRow,
  Window,
} from '@adjutant/core/domain';
import { percentilesOf } from '../percentile.ts';
import { betweenFullWeeks } from './ai-weeks.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { countClasses } from './class-counts.ts';
import { caveatsOf, statementOf } from './comparison-words.ts';
import {
  countPeople,
  fewestPeople,
  hidesPeople,
  mayTellClasses,
  tellsOfLeftOut,
} from './people-floor.ts';
import { compareQuality } from './quality.ts';
import { smallestDetectable } from './smallest-detectable.ts';
import { compareSpeed } from './speed.ts';
import { stratify, type TimedRow } from './strata.ts';

/** Fewer than this many per arm are counted and not compared. */
export const fewestPullRequests = 30;
const usualSeed = 20_240_101;

/**
 * Compares merged pull requests that carry a mark of assistance with those declared as made without.
 * Those of agents and those without a mark stand in neither arm. No figure of fewer than five people
 * is told, and nothing of a single one.
 */
export function compare(
  rows: readonly AiImpactRow[],
  options: AiImpactOptions = {},
): AiImpactComparison {
  const { seed = usualSeed, leftOut = [] } = options;
  const window = options.window === undefined ? null : betweenFullWeeks(rows, options.window);
  // Where no week is of enough people, only how many were merged in all of them is told.
  const shown = window !== null && window.from === window.to ? (options.window ?? null) : window;
  const merged = rows.filter((row) => isMergedIn(row, shown));
  const left = leftOut.map((group) => group.filter((row) => isMergedIn(row, shown)));
  const isOfWholeWeeks = window === null || window.from < window.to;
  const isTold = isOfWholeWeeks && mayTellClasses(merged) && !left.some(tellsOfLeftOut);
  const assisted = merged.filter(({ aiClass }) => aiClass === 'assisted');
  const declaredNone = merged.filter(({ aiClass }) => aiClass === 'declared_none');
  const comparison: AiImpactComparison = {
    window: shown,
    status: statusOf(assisted, declaredNone, isTold),
    statement: '',
    coverage: coverageOf(merged, isTold, rows.filter(({ isOpen }) => isOpen).length),
    arms: {
      assisted: armOf('assisted', assisted, isTold),
      declaredNone: armOf('declared_none', declaredNone, isTold),
    },
    speed: null,
    strata: null,
    quality: [],
    smallestDetectableShare: null,
    floors: { peoplePerArm: fewestPeople, pullRequestsPerArm: fewestPullRequests },
    seed,
    caveats: [],
  };
  if (comparison.status === 'compared') {
    Object.assign(comparison, figuresOf(assisted, declaredNone, seed));
  }
  comparison.statement = statementOf(comparison);
  comparison.caveats = caveatsOf(comparison, options.window);
  return comparison;
}

function isMergedIn({ isOpen, mergedAt }: AiImpactRow, window: Window | null): boolean {
  if (isOpen) return false;
  return window === null || (mergedAt !== null && mergedAt >= window.from && mergedAt < window.to);
}

function statusOf(
  assisted: readonly AiImpactRow[],
  declaredNone: readonly AiImpactRow[],
  isTold: boolean,
): AiImpactComparison['status'] {
  const arms = [assisted, declaredNone];
  if (!isTold || arms.some((arm) => arm.length === 0)) return 'insufficient_data';
  const isEnough = arms
    .map(timed)
    .every((arm) => arm.length >= fewestPullRequests && hidesPeople(arm));
  return isEnough ? 'compared' : 'counts_only';
}

function coverageOf(
  merged: readonly AiImpactRow[],
  isTold: boolean,
  open: number,
): AiImpactComparison['coverage'] {
  const people = countPeople(merged);
  const classes = isTold ? countClasses(merged) : null;
  return {
    merged: merged.length,
    people: people >= fewestPeople ? people : null,
    classes,
    unknownShare: classes === null ? null : classes.unknown / merged.length,
    open,
  };
}

function armOf(id: AiImpactArm['id'], rows: readonly AiImpactRow[], isTold: boolean): AiImpactArm {
  const counts = { medianHours: null, p75Hours: null, p90Hours: null };
  if (!isTold) return { id, pullRequests: null, people: null, withDuration: null, ...counts };
  return {
    id,
    ...counts,
    pullRequests: rows.length,
    people: countPeople(rows),
    withDuration: timed(rows).length,
  };
}

/** In one order, so that sums round alike whatever order the rows came in. */
function ascendingHours(rows: readonly TimedRow[]): Float64Array {
  return Float64Array.from(rows, ({ hours }) => hours).toSorted();
}

function timed(rows: readonly AiImpactRow[]): TimedRow[] {
  return rows.filter((row): row is TimedRow => row.hours !== null);
}

type Figures = Pick<
  AiImpactComparison,
  'arms' | 'speed' | 'strata' | 'quality' | 'smallestDetectableShare'
>;

function figuresOf(
  assisted: readonly AiImpactRow[],
  declaredNone: readonly AiImpactRow[],
  seed: number,
): Figures {
  const one = timed(assisted);
  const other = timed(declaredNone);
  const speed = compareSpeed(one, other, seed);
  const quality = compareQuality(assisted, declaredNone);
  const [speedP, ...qualityPs] = benjaminiHochberg([
    speed.pValue,
    ...quality.map(({ pValue }) => pValue),
  ]);
  const spread = (rows: readonly AiImpactRow[], id: AiImpactArm['id']): AiImpactArm => {
    const { p50, p75, p90 } = percentilesOf(Float64Array.from(timed(rows), ({ hours }) => hours));
    return { ...armOf(id, rows, true), medianHours: p50, p75Hours: p75, p90Hours: p90 };
  };
  return {
    arms: {
      assisted: spread(assisted, 'assisted'),
      declaredNone: spread(declaredNone, 'declared_none'),
    },
    speed: { ...speed, adjustedPValue: speedP ?? null },
    strata: stratify(one, other),
    quality: quality.map((measure, place) => ({
      ...measure,
      adjustedPValue: qualityPs[place] ?? null,
    })),
    smallestDetectableShare: smallestDetectable(ascendingHours(one), ascendingHours(other)),
  };
}
