import { type BriefLine, lineOf } from '../briefs/brief.ts';
import { listNames } from '../format.ts';
import type { BlockerNode } from './blocker-graph.ts';
import type { BlockerReport } from './find-blockers.ts';

const mostNamed = 3;
const mostEvidence = 50;

/**
 * Returns what others wait for as lines, those first behind which most waits; a circle counts its own
 * work among what waits. Of whom they wait for no line tells.
 */
export function blockerLines({ blockers, cycles }: BlockerReport): BriefLine[] {
  const roots = blockers.map(({ node, behind, sentence, since, evidence, escalation }) => ({
    waiting: behind.length,
    line: lineOf({
      text: `${sentence}${behindWords(behind)}`,
      about: { ...aboutOf(node), url: null },
      since,
      evidence: [...new Set([node.id, ...evidence])].slice(0, mostEvidence),
      suggestions: [...escalation.proposals],
    }),
  }));
  const circles = cycles.map(({ nodes, behind, sentence, since, evidence }) => {
    const [first] = nodes;
    return {
      waiting: nodes.length + behind.length,
      line: lineOf({
        text: `${sentence}${behindWords(behind)}`,
        about: first === undefined ? null : { ...aboutOf(first), url: null },
        since,
        evidence: [...new Set([...nodes.map(({ id }) => id), ...evidence])].slice(0, mostEvidence),
      }),
    };
  });
  return [...circles, ...roots]
    .toSorted((one, other) => other.waiting - one.waiting)
    .map(({ line }) => line);
}

function aboutOf({ id, key, title }: BlockerNode): Pick<BlockerNode, 'id' | 'key' | 'title'> {
  return { id, key, title };
}

function behindWords(behind: readonly BlockerNode[]): string {
  if (behind.length === 0) return '';
  return ` Behind it: ${listNames(
    behind.map(({ key }) => key),
    mostNamed,
  )}.`;
}
