import { countOf, formatDay, formatDays, formatNumber } from '../format.ts';
import { trustedPage } from '../report/code-host.ts';
import type { Evidence } from '../report/evidence.ts';
import type { ReportRepository } from '../report/team-report.ts';
import { html, type SafeHtml } from './escape.ts';
import { opensRows } from './evidence-table.ts';

const mergeStyles = {
  merge: 'merge commits',
  squash: 'squash merges',
  mixed: 'merge commits and squashes',
  linear: 'no visible merges',
} as const;

/** Returns every repository with its counts, each count opening its rows. */
export function repositoryCards(repositories: readonly ReportRepository[]): SafeHtml {
  return html`<div class="stack">${repositories.map(repositoryCard)}</div>`;
}

function repositoryCard(repository: ReportRepository): SafeHtml {
  const { name, url, commits, merges, releases, contributors } = repository;
  const page = trustedPage(url);
  const heading =
    page === null
      ? html`<bdi>${name}</bdi>`
      : html`<a href="${page}" rel="noopener noreferrer"><bdi>${name}</bdi></a>`;
  const people =
    contributors.people === null
      ? html`<span>people <span class="unknown">unknown</span></span>`
      : html`<span><strong>${formatNumber(contributors.people)}</strong> ${contributors.people === 1 ? 'person' : 'people'} at work</span>`;
  return html`<article class="card repository"><h3>${heading}</h3><div class="stats">${stat(merges, 'merge', `${name}: merges`)}${stat(commits, 'commit', `${name}: commits`)}${stat(releases.evidence, 'release', `${name}: releases`, ' of all time')}${waiting(repository)}${people}</div><p class="quiet">${facts(repository)}</p></article>`;
}

function stat(evidence: Evidence, noun: string, label: string, rest = ''): SafeHtml {
  const atLeast = evidence.totalIsLowerBound ? 'at least ' : '';
  const value = html`${atLeast !== '' && html`at least `}<strong>${countOf(evidence.total, noun)}</strong>${rest !== '' && html` of all time`}`;
  return opensRows(value, evidence, label);
}

function waiting({ releases, name }: ReportRepository): SafeHtml | null {
  if (releases.waiting === null || releases.waiting.total === 0) return null;
  const { total, totalIsLowerBound } = releases.waiting;
  const value = html`${totalIsLowerBound && html`at least `}<strong>${formatNumber(total)}</strong> since the last release`;
  return opensRows(value, releases.waiting, `${name}: since the last release`);
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
