import { blockerLines, buildBrief, findBlockers, html } from '@adjutant/insights';
import { actionForm } from '../components/action-form.ts';
import { freshness } from '../components/freshness.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { definePage } from '../define-page.ts';
import { livePath } from '../live/live-route.ts';
import { liveStateOf } from '../live/live-state.ts';
import { briefLines, briefMissing, briefSections } from '../views/brief-sections.ts';
import { checklistSection, readChecklist } from '../views/setup-checklist.ts';

const mostBlockers = 5;

/** What needs whoever looks, today. */
export const todayPage = definePage({
  path: '/',
  title: 'Today',
  role: 'member',
  hasFilters: false,
  async render(call) {
    const { handle, person } = call;
    const brief = await buildBrief(handle, { kind: 'today' });
    const status = await handle.syncStatus();
    const { total: pending } = await handle.actions.list({ status: ['pending'], limit: 1 });
    const blockers = blockerLines(await findBlockers(handle));
    const more = blockers.length - mostBlockers;
    const waits =
      blockers.length === 0
        ? html`<p class="quiet">Nothing is known to hold other work up. Links between items, open reviews and threads are what this follows from.</p>`
        : html`${briefLines(blockers.slice(0, mostBlockers))}${more > 0 && html`<p class="quiet">and ${more} more: <code>adjutant brief triage</code></p>`}`;
    const refresh = actionForm({
      path: 'refresh',
      label: 'Read now',
      about: 'all sources, what is new',
      stays: true,
      isInline: true,
    });
    return {
      body: html`${pageHead(`Good day, ${person.name}`, brief.title)}<div class="now-line"><p role="status" aria-live="polite" data-live="${livePath}">${liveStateOf(pending, status).said}</p>${refresh}</div>${checklistSection(await readChecklist(call, status))}${briefSections(brief)}${pageSection({ id: 'blockers', title: 'What other work waits for' }, waits)}<p class="page-links"><a href="/briefs/standup">Stand-up</a> <a href="/briefs/weekly">Week</a> <a href="/briefs/sprint">Sprint brief</a> <a href="/reports">Your report of the day</a></p>${briefMissing(brief)}${freshness({ meta: status.meta, timeZone: handle.timeZone })}`,
    };
  },
});
