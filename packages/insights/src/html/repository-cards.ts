import { countOf, formatDay, formatDays, formatNumber } from '../format.ts';
import { trustedPage } from '../report/code-host.ts';
import type { Evidence } from '../report/evidence.ts';
import type { ReportRepository } from '../report/team-report.ts';
import { html, type SafeHtml } from './escape.ts';
import { countOpensRows } from './evidence-table.ts';

const mergeStyles = {
  merge: 'merge commits',
  squash: 'squash merges',
  mixed: 'merge commits and squashes',
  linear: 'no visible merges',
} as const;

/** Returns every repository with its counts, each count opening its rows. */
export function repositoryCards(repositories: readonly ReportRepository[]): SafeHtml {
  return html`<p class="quiet lead">Counts are of the report's window unless they say otherwise.</p><div class="stack">${repositories.map(repositoryCard)}</div>`;
}

function repositoryCard(repository: ReportRepository): SafeHtml {
  const { name, url, commits, releases } = repository;
  const page = trustedPage(url);
  const heading =
    page === null
      ? html`<bdi>${name}</bdi>`
      : html`<a href="${page}" rel="noopener noreferrer"><bdi>${name}</bdi></a>`;
  return html`<article class="card repository"><h3>${heading}</h3><div class="stats">${mergeCount(repository)}${stat(commits, 'commit', `${name}: commits`)}${stat(releases.evidence, 'release', `${name}: releases`, ' of all time')}${waiting(repository)}${people(repository)}</div><p class="quiet">${facts(repository)}</p></article>`;
}

/** Where merges leave no trace, none seen does not mean none made. */
function mergeCount({ name, mergeStyle, merges }: ReportRepository): SafeHtml {
  const isInvisible = mergeStyle === 'linear' || mergeStyle === null;
  if (isInvisible && merges.total === 0) {
    return html`<span>merges <span class="unknown">unknown</span></span>`;
  }
  return stat(merges, 'merge', `${name}: merges`);
}

function people({ contributors }: ReportRepository): SafeHtml | null {
  if (contributors.commitsRead === 0) return null;
  if (contributors.people === null) {
    return html`<span>people <span class="unknown">unknown</span></span>`;
  }
  const noun = contributors.people === 1 ? 'person' : 'people';
  return html`<span><strong>${formatNumber(contributors.people)}</strong> ${noun} at work</span>`;
}

function stat(evidence: Evidence, noun: string, label: string, rest = ''): SafeHtml {
  const atLeast = evidence.totalIsLowerBound ? 'at least ' : '';
  const value = html`${atLeast !== '' && html`at least `}<strong>${countOf(evidence.total, noun)}</strong>${rest !== '' && html` of all time`}`;
  return countOpensRows(value, evidence, label);
}

function waiting({ releases, name }: ReportRepository): SafeHtml | null {
  if (releases.waiting === null || releases.waiting.total === 0) return null;
  const { total, totalIsLowerBound } = releases.waiting;
  const value = html`${totalIsLowerBound && html`at least `}<strong>${formatNumber(total)}</strong> since the last release`;
  return countOpensRows(value, releases.waiting, `${name}: since the last release`);
}

function facts(repository: ReportRepository): string {
  const { mergeStyle, lastCommitAt, releases, commitCount } = repository;
  const { last, medianGapDays } = releases;
  return [
    mergeStyle === null ? 'merge style unknown' : mergeStyles[mergeStyle],
    `last commit ${lastCommitAt === null ? 'unknown' : formatDay(lastCommitAt)}`,
    last === null || last.at === null
      ? 'no release seen'
      : `last release ${last.key} on ${formatDay(last.at)}`,
    ...(medianGapDays === null ? [] : [`usually one every ${formatDays(medianGapDays)}`]),
    `${countOf(commitCount, 'commit')} of all time`,
  ].join(' · ');
}
