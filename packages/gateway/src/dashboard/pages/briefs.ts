import { AdjutantError } from '@adjutant/core';
import {
  type Brief,
  briefKindSchema,
  buildBrief,
  formatMoment,
  formatWindow,
  html,
} from '@adjutant/insights';
import { emptyState } from '../components/empty-state.ts';
import { pageHead } from '../components/page-head.ts';
import { definePage } from '../define-page.ts';
import { briefMissing, briefSections } from '../views/brief-sections.ts';

const titles: Readonly<Record<Brief['kind'], string>> = {
  today: 'Today',
  standup: 'Stand-up',
  sprint: 'Sprint',
  weekly: 'Week',
  agenda: 'Meeting',
  retrospective: 'Retrospective',
  triage: 'Triage',
  incident: 'Incidents',
};

/** A brief of one kind, as it can be printed. */
export const briefPage = definePage({
  path: '/briefs/:kind',
  title: 'Brief',
  role: 'member',
  hasFilters: false,
  async render({ handle, parameters }) {
    const kind = briefKindSchema.safeParse(parameters['kind']);
    if (!kind.success) {
      throw new AdjutantError('NotFound', 'There is no such brief.', {
        hint: `There are ${briefKindSchema.options.join(', ')}.`,
      });
    }
    const brief = await buildBrief(handle, { kind: kind.data });
    const others = briefKindSchema.options.map((name) =>
      name === kind.data
        ? html`<li><a href="/briefs/${name}" aria-current="page">${titles[name]}</a></li>`
        : html`<li><a href="/briefs/${name}">${titles[name]}</a></li>`,
    );
    const notes = brief.notes.map(
      (note) =>
        html`<section class="part"><div class="part-head"><h2>${note}</h2></div><p class="to-write"></p></section>`,
    );
    const nothing =
      brief.syncedAt === null
        ? emptyState({
            title: 'Nothing was read yet',
            expect:
              'A brief says what happened, what is open and what needs somebody, each sentence with the rows that it follows from.',
            next: { say: 'Read the sources once.', command: 'adjutant sync' },
          })
        : null;
    return {
      title: `${titles[kind.data]} brief`,
      body: html`<nav class="switch no-print" aria-label="Briefs"><ul>${others}</ul></nav>${pageHead(brief.title, html`${formatWindow(brief.window, brief.timeZone)}. As of ${formatMoment(brief.asOf, brief.timeZone)}.`)}${nothing}${briefSections(brief)}${notes}${briefMissing(brief)}`,
    };
  },
});
