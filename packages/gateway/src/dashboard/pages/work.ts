import type { WorkDetail } from '@adjutant/core';
import {
  evidenceColumn,
  evidenceValue,
  formatHours,
  formatMoment,
  html,
  type SafeHtml,
} from '@adjutant/insights';
import { dataTable } from '../components/data-table.ts';
import { freshness } from '../components/freshness.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { definePage } from '../define-page.ts';

const kindWords: Readonly<Record<WorkDetail['kind'], string>> = {
  pull_request: 'Pull request',
  release: 'Release',
  deployment: 'Deployment',
  work_item: 'Work item',
  incident: 'Incident',
  commit: 'Commit',
};

/** One piece of work, as everything that was read tells it. */
export const workPage = definePage({
  path: '/work/:id',
  title: 'Work',
  role: 'member',
  hasFilters: false,
  async render({ handle, parameters }) {
    const work = await handle.getWork(parameters['id'] ?? '');
    const { timeZone } = handle;
    return {
      title: `${work.key} ${work.title}`.slice(0, 120),
      body: html`${pageHead(html`<bdi>${work.title === '' ? work.key : work.title}</bdi>`, html`${kindWords[work.kind]} <bdi>${work.key}</bdi>${work.repository !== null && html` in <bdi>${work.repository}</bdi>`}, ${work.state}`)}${factList(work, timeZone)}${computedFacts(work)}${eventPart(work, timeZone)}${commitPart(work, timeZone)}${freshness({ meta: work.meta, timeZone })}`,
    };
  },
});

function factList(work: WorkDetail, timeZone: string): SafeHtml {
  const moment = (at: number | null): SafeHtml | string =>
    at === null ? html`<span class="unknown">unknown</span>` : formatMoment(at, timeZone);
  const isOver = work.finishedAt !== null;
  const facts: [string, SafeHtml | string][] = [
    ['Began', moment(work.startedAt)],
    ['Ended', isOver ? moment(work.finishedAt) : 'not yet, as far as is known'],
    [isOver ? 'Took' : 'Age', work.hours === null ? moment(null) : formatHours(work.hours)],
    ['Source', html`${work.source}, <bdi>${work.externalId}</bdi>`],
    ['Address', addressOf(work.url)],
    ['Marks of coding tools', marks(work)],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** An address from outside is a link only where a browser would go to a page with it, and is shown whole. */
function addressOf(address: string | null): SafeHtml {
  if (address === null) return html`<span class="unknown">unknown</span>`;
  const isPage = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  return isPage
    ? html`<a href="${address}" rel="noopener noreferrer"><bdi>${address}</bdi></a>`
    : html`<bdi>${address}</bdi>`;
}

function marks({ aiEvidence }: WorkDetail): SafeHtml | string {
  if (aiEvidence.length === 0) return 'none: unknown, not human';
  const words = aiEvidence.map(
    (mark) =>
      html`<li>${mark.class.replaceAll('_', ' ')}${mark.tool !== null && html`, <bdi>${mark.tool}</bdi>`} (${mark.origin})</li>`,
  );
  return html`<ul>${words}</ul>`;
}

function computedFacts({ facts }: WorkDetail): SafeHtml | null {
  const known = Object.entries(facts).filter(([, value]) => value !== null);
  const missing = Object.entries(facts).length - known.length;
  if (known.length === 0) return null;
  const lines = known.map(
    ([name, value]) =>
      html`<div><dt>${evidenceColumn(name)}</dt><dd>${evidenceValue(name, value)}</dd></div>`,
  );
  return pageSection(
    {
      id: 'facts',
      title: 'What figures read of it',
      lead: missing === 0 ? null : `${missing} more are unknown.`,
    },
    html`<dl class="facts">${lines}</dl>`,
  );
}

function eventPart({ events }: WorkDetail, timeZone: string): SafeHtml | null {
  if (events.length === 0) return null;
  const rows = events.map(({ at, kind, actor, state }) => [
    formatMoment(at, timeZone),
    kind.replaceAll('_', ' '),
    html`<bdi>${actor ?? ''}</bdi>`,
    html`<bdi>${state ?? ''}</bdi>`,
  ]);
  const columns = ['When', 'What', 'By', 'State'].map((title) => ({ id: title, title }));
  return pageSection(
    { id: 'events', title: 'What happened' },
    dataTable({ id: 'event-table', caption: 'What happened, the earliest first', columns, rows }),
  );
}

function commitPart({ commits }: WorkDetail, timeZone: string): SafeHtml | null {
  if (commits.length === 0) return null;
  const rows = commits.map(({ sha, subject, committedAt }) => [
    html`<code>${sha.slice(0, 12)}</code>`,
    html`<bdi class="wide-cell">${subject}</bdi>`,
    formatMoment(committedAt, timeZone),
  ]);
  const columns = ['Commit', 'Subject', 'Committed'].map((title) => ({ id: title, title }));
  return pageSection(
    { id: 'commits', title: 'Commits' },
    dataTable({ id: 'commit-table', caption: 'Commits', columns, rows }),
  );
}
