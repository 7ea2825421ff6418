import { html } from '@adjutant/insights';
import { actionForm } from '../components/action-form.ts';
import { emptyState } from '../components/empty-state.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { definePage } from '../define-page.ts';
import { livePath } from '../live/live-route.ts';
import { liveStateOf } from '../live/live-state.ts';
import { setupStep } from '../views/setup-step.ts';
import { checklistSection, readChecklist } from '../views/setup-checklist.ts';

/** Setting an installation up in a browser: the same steps as "adjutant init", each can be skipped. */
export const setupPage = definePage({
  path: '/setup',
  title: 'Set-up',
  role: 'admin',
  hasFilters: false,
  async render(call) {
    const { handle, gateway } = call;
    const status = await handle.syncStatus();
    const checklist = checklistSection(await readChecklist(call, status));
    if (gateway.setup === null) {
      const elsewhere = emptyState({
        title: 'This installation is set up elsewhere',
        expect:
          'Here would stand the steps of “adjutant init”: what to read, with which access, tried for real.',
        next: {
          say: 'Change the configuration of the program around it, or run',
          command: 'adjutant init',
        },
      });
      return { body: html`${pageHead('Set-up')}${elsewhere}${checklist}` };
    }
    const refresh = actionForm({ path: 'refresh', label: 'Read now', stays: true, isInline: true });
    const steps = await gateway.setup.list();
    const settled = steps.filter(({ state }) => state !== 'open').length;
    const links = steps.map(
      ({ id, title, state }) =>
        html`<li><a href="#step-${id}">${title}</a> <span class="mark ${state === 'open' ? 'medium' : 'plain'}">${state}</span></li>`,
    );
    return {
      body: html`${pageHead('Set-up', `${settled} of ${steps.length} steps settled. Each can be left out and taken up later; nothing waits for another. What you type is tried only when you say so.`)}<div class="now-line"><p role="status" aria-live="polite" class="quiet" data-live="${livePath}">${liveStateOf(0, status).said}</p>${refresh}</div><ol class="step-list">${links}</ol>${steps.map(setupStep)}${checklist ?? pageSection({ id: 'ready', title: 'Ready' }, html`<p>Everything is set up, and the sources were read. <a href="/">Today</a> says what needs you.</p>`)}`,
    };
  },
});
