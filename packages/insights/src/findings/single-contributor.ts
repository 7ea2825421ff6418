import { countOf, formatShare } from '../format.ts';
import { clear, defineFindingRule, found, unknown } from './finding-rule.ts';

/** A repository that would stand still if one person were away. Nobody is named: the fact is about the repository. */
export const singleContributor = defineFindingRule({
  id: 'single_contributor',
  title: 'Knowledge held by one person',
  params: { leastShare: 0.8, fewestCommits: 30 },
  evaluate(facts, { leastShare, fewestCommits }) {
    // A share of one person is a figure on a person: it stands on five people in the same repository,
    // as all of those do, and whoever works elsewhere is no cover.
    const judged = facts.repositories.filter(
      ({ contributors }) =>
        contributors.largestShare !== null && contributors.commitsRead >= fewestCommits,
    );
    if (judged.length === 0) {
      return unknown(`no repository has ${fewestCommits} commits by five known people or more`);
    }
    const carried = judged
      .filter(({ contributors }) => (contributors.largestShare ?? 0) >= leastShare)
      .toSorted((left, right) => right.contributors.commitsRead - left.contributors.commitsRead);
    const [first] = carried;
    if (first === undefined) return clear;
    const { commitsRead } = first.contributors;
    const more =
      carried.length === 1
        ? ''
        : ` The same holds for ${countOf(carried.length - 1, 'other repository', 'other repositories')}.`;
    return found({
      severity: 48 + Math.min(8, (carried.length - 1) * 2),
      // Only the bound of the rule is told, never the share of the one person.
      sentence: `${first.name} rests on one person, who wrote at least ${formatShare(leastShare)} of its last ${commitsRead} commits.${more}`,
      next: 'Let a second person take the next change, with the first as reviewer.',
      figureIds: [],
      evidence: first.commits,
    });
  },
});
