import { countOf, dayMs, formatDay, listNames } from '../format.ts';
import { rowsEvidence } from '../report/evidence-rows.ts';
import type { ReportRepository } from '../report/team-report.ts';
import { clear, defineFindingRule, found, unknown } from './finding-rule.ts';

/** A repository with a history of work in which nothing happens any more. */
export const repositoryQuiet = defineFindingRule({
  id: 'repository_quiet',
  title: 'A repository gone quiet',
  params: { leastDays: 28, timesUsualGap: 10, fewestCommits: 30 },
  evaluate(facts, { leastDays, timesUsualGap, fewestCommits }) {
    const judged = facts.repositories.filter(({ commitCount }) => commitCount >= fewestCommits);
    if (judged.length === 0) return unknown(`no repository has ${fewestCommits} commits`);
    const quiet = judged
      .filter((repository) => {
        const days = silentDays(repository, facts.asOf);
        const usual = usualGapDays(repository);
        return (
          days !== null && usual !== null && days >= Math.max(leastDays, usual * timesUsualGap)
        );
      })
      .toSorted((left, right) => (right.lastCommitAt ?? 0) - (left.lastCommitAt ?? 0));
    const [first] = quiet;
    if (first === undefined || first.lastCommitAt === null) return clear;
    const days = Math.round(silentDays(first, facts.asOf) ?? 0);
    const isAll = quiet.length === facts.repositories.length;
    const names = listNames(quiet.map(({ name }) => name));
    const sentence =
      quiet.length === 1
        ? `${names} has had no commit for ${countOf(days, 'day')}, since ${formatDay(first.lastCommitAt)}.`
        : `${quiet.length} repositories have gone quiet: ${names}; the latest commit is ${countOf(days, 'day')} old.`;
    return found({
      severity: isAll ? 70 : 36,
      sentence,
      next: 'Finished, paused or forgotten? Fetch first: the clone may be old.',
      figureIds: [],
      evidence: rowsEvidence(
        quiet.flatMap((repository) => repository.commits.rows.slice(0, 20)),
        'newest first',
      ),
    });
  },
});

function silentDays({ lastCommitAt }: ReportRepository, asOf: number): number | null {
  return lastCommitAt === null ? null : (asOf - lastCommitAt) / dayMs;
}

function usualGapDays({ firstCommitAt, lastCommitAt, commitCount }: ReportRepository) {
  if (firstCommitAt === null || lastCommitAt === null || commitCount < 2) return null;
  return (lastCommitAt - firstCommitAt) / dayMs / (commitCount - 1);
}
