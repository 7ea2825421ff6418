import type { AiImpactComparison, AiImpactSpeed, Window } from '@adjutant/core/domain';
import { weekMs } from '../week-buckets.ts';

/** Returns the result in one sentence. It says what goes together, never what made what. */
export function statementOf(comparison: AiImpactComparison): string {
  const { status, coverage, arms, floors, speed } = comparison;
  if (status === 'insufficient_data') return `Insufficient data: ${whyInsufficient(comparison)}`;
  if (status === 'counts_only' || speed === null) {
    return `Insufficient data for a comparison: ${arms.assisted.withDuration ?? 0} assisted and ${arms.declaredNone.withDuration ?? 0} declared without assistance have a known duration; it takes ${floors.pullRequestsPerArm} of each, by ${floors.peoplePerArm} people or more. ${coverage.merged} were merged in all.`;
  }
  const { shiftHours, shiftInterval } = speed;
  if (shiftHours === null || shiftInterval === null) return 'Insufficient data.';
  const interval = `95 % interval ${hoursText(shiftInterval.low)} to ${hoursText(shiftInterval.high)} h`;
  if (!isClear(speed)) {
    return `No detectable difference: assistance is associated with a shift of ${hoursText(shiftHours)} h per pull request, and the ${interval} holds 0.`;
  }
  const way = shiftHours < 0 ? 'shorter' : 'longer';
  return `Assistance is associated with ${way} pull requests: a shift of ${hoursText(shiftHours)} h (${interval}).`;
}

function isClear({ shiftInterval }: AiImpactSpeed): boolean {
  return shiftInterval !== null && (shiftInterval.low > 0 || shiftInterval.high < 0);
}

function whyInsufficient({ coverage, arms, floors }: AiImpactComparison): string {
  const { merged, people, classes } = coverage;
  if (merged === 0)
    return 'no merged pull request is known in these weeks; the running one is left out.';
  const counted = `${merged} pull request${merged === 1 ? ' was' : 's were'} merged`;
  if (people === null) {
    return `${counted}, by fewer than ${floors.peoplePerArm} people. Figures on the use of AI need ${floors.peoplePerArm} people or more.`;
  }
  if (classes === null) {
    return `${counted}, by ${people} people. Broken down by the use of AI, fewer than ${floors.peoplePerArm} of them could be made out.`;
  }
  const missing = arms.assisted.pullRequests === 0 ? 'a mark of assistance' : null;
  const which = missing ?? 'a declaration that no tool took part';
  return `${counted}, by ${people} people; none carries ${which}, and unmarked ones (${classes.unknown}) are unknown, not human.`;
}

/** Returns what limits the comparison, each in a sentence. */
export function caveatsOf(comparison: AiImpactComparison, asked?: Window): string[] {
  const { coverage, speed, strata, smallestDetectableShare, status } = comparison;
  const caveats = cutCaveat(comparison, asked);
  if (coverage.unknownShare !== null && coverage.unknownShare > 0) {
    caveats.push(
      `${percentText(coverage.unknownShare)} of the pull requests carry no mark and stand in neither arm: unknown is not human.`,
    );
  }
  if (coverage.open > 0) {
    caveats.push(
      `${coverage.open} pull request${coverage.open === 1 ? ' is' : 's are'} still open and in no duration, so long ones may be missing.`,
    );
  }
  if (status !== 'compared' || speed === null) return caveats;
  caveats.push(
    'Nobody drew lots about who uses a tool and for what, so a difference may come from the work or the people.',
    'Intervals draw people, not pull requests; p takes each pull request for itself and is secondary.',
  );
  if (speed.sampledPerArm !== null) {
    caveats.push(
      `The intervals come from a sample of ${speed.sampledPerArm} pull requests per arm at most, drawn with a fixed seed.`,
    );
  }
  if (smallestDetectableShare !== null) {
    caveats.push(
      `So many pull requests cannot detect less than ${percentText(smallestDetectableShare)} of difference, and those of one person are alike, so in truth more.`,
    );
  }
  if (strata?.simpson === true) {
    caveats.push(
      'Within alike pull requests the difference points the other way than over all: the mix of work explains the pooled one.',
    );
  }
  if (strata !== null && strata.strata.length === 0) {
    caveats.push(
      'No repository, size and type of work has both arms with enough people: nothing is held alike.',
    );
  }
  return caveats;
}

function cutCaveat({ window, floors }: AiImpactComparison, asked: Window | undefined): string[] {
  if (window === null || asked === undefined) return [];
  const cut = Math.round((asked.to - asked.from - (window.to - window.from)) / weekMs);
  if (cut <= 0) return [];
  return [
    `${cut} week${cut === 1 ? '' : 's'} at the ends, in which fewer than ${floors.peoplePerArm} people merged, ${cut === 1 ? 'is' : 'are'} left out, so that no other window tells of them.`,
  ];
}

function hoursText(hours: number): string {
  return (Math.round(hours * 10) / 10).toString().replace('-', '−');
}

function percentText(share: number): string {
  return `${Math.round(share * 100)} %`;
}
