import type { PersonSummary, SignalDetail } from '@adjutant/core';
import { countOf, formatMoment, html, type SafeHtml } from '@adjutant/insights';
import { actionForm } from '../components/action-form.ts';
import { dataTable } from '../components/data-table.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { workLink } from '../components/query-links.ts';
import { definePage, type PageCall } from '../define-page.ts';
import { mayLead } from '../may-lead.ts';
import { severityMark } from '../views/severity-mark.ts';

const mostPeople = 200;
const mostHistory = 30;
/** Kinds of row that have a page of their own. */
const withPage: ReadonlySet<string> = new Set([
  'pull_request',
  'release',
  'deployment',
  'work_item',
  'incident',
  'commit',
]);

/** One finding: the rows that it follows from, and what can be done about it. */
export const signalPage = definePage({
  path: '/signals/:id',
  title: 'Finding',
  role: 'member',
  hasFilters: false,
  async render(call) {
    const { handle, parameters } = call;
    const finding = await handle.signals.get(parameters['id'] ?? '');
    const people = (await handle.findPeople({ limit: mostPeople })).items;
    const { sentence, severity, subjectTitle, ruleTitle, ruleDescription, state } = finding;
    const recomputed =
      finding.recomputed === null || finding.recomputed === sentence
        ? null
        : html`<p class="quiet">As the rows are now: ${finding.recomputed}</p>`;
    return {
      title: sentence,
      body: html`<p><a href="/signals">Findings</a></p>${pageHead(sentence, html`${severityMark(severity)} ${state === 'open' ? 'Open' : 'Past'}, since ${formatMoment(finding.since, handle.timeZone)}${finding.repository !== null && html`, in ${finding.repository}`}.`)}${subjectTitle !== null && html`<p class="quoted">“${subjectTitle}”</p>`}${recomputed}${evidence(finding, handle.timeZone)}${suggestions(finding)}${doing(finding, people, call)}${pageSection({ id: 'rule', title: ruleTitle, lead: ruleDescription }, html`<p class="quiet">Rule <code>${finding.ruleId}</code>, version ${finding.ruleVersion}. <a href="/settings#rules">All rules</a></p>`)}${past(finding, handle.timeZone)}`,
    };
  },
});

function evidence({ evidenceRows }: SignalDetail, timeZone: string): SafeHtml {
  return pageSection(
    { id: 'evidence', title: 'Follows from', lead: countOf(evidenceRows.length, 'row') },
    dataTable({
      id: 'evidence-rows',
      caption: 'Rows that this follows from',
      hasFilter: true,
      columns: [
        { id: 'row', title: 'Row' },
        { id: 'kind', title: 'Kind' },
        { id: 'at', title: 'At' },
      ],
      rows: evidenceRows.map(({ id, kind, key, at }) => [
        kind !== null && withPage.has(kind.replaceAll(' ', '_'))
          ? html`<a href="${workLink(id)}">${key ?? id}</a>`
          : html`${key ?? id}`,
        kind === null ? '–' : kind.replaceAll('_', ' '),
        at === null ? '–' : formatMoment(at, timeZone),
      ]),
    }),
  );
}

function suggestions({ suggestions: list }: SignalDetail): SafeHtml | null {
  if (list.length === 0) return null;
  return pageSection(
    {
      id: 'suggestions',
      title: 'What could be proposed',
      lead: 'Nothing of it happens by itself: an assistant or a person proposes, policy and people decide.',
    },
    html`<ul class="entries">${list.map(({ type, why }) => html`<li><p>${why}</p><p class="quiet"><code>${type}</code></p></li>`)}</ul>`,
  );
}

function doing(
  finding: SignalDetail,
  people: readonly PersonSummary[],
  { handle, person, now }: PageCall,
): SafeHtml {
  const { id, snoozedUntil, assignedPersonId, isMuted, ruleId, subjectId } = finding;
  const options = people.map(({ id: personId, displayName }) =>
    personId === assignedPersonId
      ? html`<option value="${personId}" selected>${displayName}</option>`
      : html`<option value="${personId}">${displayName}</option>`,
  );
  const assign = actionForm({
    path: 'signals/assign',
    label: 'Give',
    values: { id },
    fields: html`<label>Given to<select name="personId"><option value="">Nobody</option>${people.some((one) => one.id === person.viewer.personId) ? null : html`<option value="${person.viewer.personId}">Me</option>`}${options}</select></label>`,
    isInline: true,
  });
  const snooze =
    snoozedUntil !== null && snoozedUntil > now
      ? actionForm({
          path: 'signals/snooze',
          label: `Show again now (hidden until ${formatMoment(snoozedUntil, handle.timeZone)})`,
          values: { id, days: '0' },
        })
      : actionForm({
          path: 'signals/snooze',
          label: 'Hide',
          values: { id },
          fields: html`<label>Hide for<select name="days"><option value="1">a day</option><option value="7">a week</option><option value="30">30 days</option></select></label>`,
          isInline: true,
        });
  const mute = actionForm({
    path: isMuted ? 'signals/unmute' : 'signals/mute',
    label: isMuted ? 'Hear of this again' : 'Never again of this one',
    values: { ruleId, subjectId },
    fields: isMuted
      ? null
      : html`<label>Why<input type="text" name="reason" maxlength="500" autocomplete="off"></label>`,
    isInline: true,
  });
  const muteRule = mayLead(person)
    ? actionForm({
        path: 'signals/mute',
        label: 'Mute the whole rule',
        values: { ruleId },
        fields: html`<label>Why<input type="text" name="reason" maxlength="500" autocomplete="off"></label>`,
        isInline: true,
      })
    : null;
  return pageSection(
    { id: 'do', title: 'What to do with it' },
    html`<div class="forms">${assign}${snooze}${mute}${muteRule}</div>`,
  );
}

function past({ history }: SignalDetail, timeZone: string): SafeHtml {
  const lines = history
    .slice(0, mostHistory)
    .map(
      ({ at, kind, actor }) =>
        html`<li><p>${kind} <span class="quiet">${formatMoment(at, timeZone)}, by ${actor}</span></p></li>`,
    );
  return pageSection(
    { id: 'history', title: 'What became of it' },
    html`<ul class="entries">${lines}</ul>`,
  );
}
