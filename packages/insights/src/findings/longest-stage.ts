import { formatShare, speakHours } from '../format.ts';
import { figureOf } from './figure-rows.ts';
import type { Figure } from '../report/team-report.ts';
import { clear, defineFindingRule, found, unknown } from './finding-rule.ts';

/** Waiting for a first answer that takes the larger part of a pull request's open time. */
export const longestStage = defineFindingRule({
  id: 'longest_stage',
  title: 'Waiting for a first answer',
  params: { leastHours: 12, leastShare: 0.5, fewestChanges: 10 },
  evaluate(facts, { leastHours, leastShare, fewestChanges }) {
    const figure = figureOf(facts, 'pull_request_stages');
    const part = (id: string) => figure?.parts.find((candidate) => candidate.id === id);
    const pickup = part('pickup');
    const review = part('review');
    if (figure === undefined || !isKnown(pickup) || !isKnown(review)) {
      return unknown('no source shows when a pull request was first answered');
    }
    if (pickup.sampleSize < fewestChanges) {
      return unknown(`fewer than ${fewestChanges} pull requests have a known first answer`);
    }
    const share = pickup.p50 / (pickup.p50 + review.p50);
    if (pickup.p50 < leastHours || share < leastShare) return clear;
    return found({
      severity: Math.min(72, 50 + Math.log2(pickup.p50 / leastHours) * 8),
      sentence: `A pull request usually waits ${speakHours(pickup.p50)} for its first answer and then takes ${speakHours(review.p50)} to merge: waiting is ${formatShare(share)} of the two.`,
      next: 'Agree on a daily hour for reviews, and keep changes small enough for it.',
      figureIds: ['pull_request_stages'],
      evidence: figure.evidence,
    });
  },
});

type Part = Figure['parts'][number];

function isKnown(part: Part | undefined): part is Part & { p50: number } {
  return part !== undefined && part.p50 !== null;
}
