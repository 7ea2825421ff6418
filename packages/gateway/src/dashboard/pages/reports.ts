import type { ReportSummary, ReportView } from '@adjutant/core';
import { dayOf } from '@adjutant/core/ports';
import { countOf, fieldText, html, type SafeHtml } from '@adjutant/insights';
import { actionForm } from '../components/action-form.ts';
import { emptyState } from '../components/empty-state.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { definePage } from '../define-page.ts';

const dayMs = 86_400_000;
const daysShown = 7;
const mostOwn = 20;

/** What people say of their days: one's own, and what colleagues shared. */
export const reportsPage = definePage({
  path: '/reports',
  title: 'Reports',
  role: 'member',
  hasFilters: false,
  async render({ handle, now }) {
    const today = dayOf(now, handle.timeZone);
    const own = await handle.reports.ofDay(today);
    const earlier = await handle.reports.list({ of: 'me', limit: mostOwn });
    const fromDay = dayOf(now - (daysShown - 1) * dayMs, handle.timeZone);
    const shared = await handle.reports.shared({ fromDay, toDay: today });
    const colleagues = shared.reports.filter(({ isOwn }) => !isOwn);
    return {
      body: html`${pageHead('Reports', 'What you write is yours alone until you share it. No role reads a private one, and nobody is told who wrote none.')}${todayPart(own, today)}${sharedPart(colleagues, shared.isCut)}${earlierPart(earlier.items.filter(({ id }) => id !== own?.id))}${pageSection({ id: 'digests', title: 'For reading and printing' }, html`<p class="page-links"><a href="/briefs/weekly">The week</a> <a href="/briefs/standup">Stand-up</a> <a href="/briefs/retrospective">Retrospective</a></p>`)}`,
    };
  },
});

const questions = [
  ['did', 'What I did'],
  ['next', 'What comes next'],
  ['blockers', 'What is in my way'],
] as const;

function todayPart(own: ReportView | null, today: string): SafeHtml {
  const fields = questions.map(
    ([name, label]) =>
      html`<label>${label}<textarea name="${name}" rows="3" maxlength="10000">${fieldText(own?.[name] ?? '')}</textarea></label>`,
  );
  const write = actionForm({
    path: own === null ? 'reports/submit' : 'reports/edit',
    label: own === null ? 'Keep' : 'Keep the change',
    kind: 'main',
    values: own === null ? { day: today } : { id: own.id },
    fields: html`${fields}`,
  });
  if (own === null) {
    return pageSection(
      {
        id: 'today',
        title: `Today, ${today}`,
        lead: 'Private until you share it. At least one field says something.',
      },
      write,
    );
  }
  const isShared = own.visibility !== 'private';
  const share = actionForm({
    path: 'reports/share',
    label: isShared ? 'Make it private again' : 'Share it with colleagues',
    values: { id: own.id, visibility: isShared ? 'private' : 'team' },
  });
  const remove = html`<details><summary>Delete it</summary>${actionForm({ path: 'reports/delete', label: 'Delete for good', kind: 'no', values: { id: own.id } })}</details>`;
  return pageSection(
    {
      id: 'today',
      title: `Today, ${today}`,
      lead: `${isShared ? 'Shared: colleagues read what it says now.' : 'Private: only you read it.'} Revision ${own.revision}.`,
    },
    html`${write}<div class="forms">${share}${remove}</div>`,
  );
}

function sharedPart(reports: readonly ReportSummary[], isCut: boolean): SafeHtml {
  const title = {
    id: 'shared',
    title: 'What colleagues shared',
    lead: `The last ${daysShown} days.`,
  };
  if (reports.length === 0) {
    return pageSection(
      title,
      emptyState({
        title: 'Nothing was shared',
        expect: 'What colleagues choose to share of their days stands here, by day and name.',
        next: { say: 'Write your own above; share it if you like.' },
      }),
    );
  }
  return pageSection(
    {
      ...title,
      lead: `${title.lead} ${countOf(reports.length, 'report')}.${isCut ? ' There are more: adjutant report list.' : ''}`,
    },
    html`<ul class="entries">${reports.map(reportEntry)}</ul>`,
  );
}

function earlierPart(reports: readonly ReportSummary[]): SafeHtml | null {
  if (reports.length === 0) return null;
  return pageSection(
    { id: 'earlier', title: 'Yours of other days' },
    html`<ul class="entries">${reports.map(reportEntry)}</ul>`,
  );
}

/** Words of people: quoted, with who and when. */
export function reportEntry(report: ReportSummary): SafeHtml {
  const { day, author, isOwn, visibility, did, next, blockers } = report;
  const texts = questions.flatMap(([name, label]) => {
    const text = { did, next, blockers }[name];
    return text === null
      ? []
      : [html`<p class="quiet">${label}</p><blockquote>${text}</blockquote>`];
  });
  return html`<li><p><strong>${day}</strong> ${isOwn ? 'you' : author.name} <span class="quiet">${visibility}</span></p>${texts}</li>`;
}
