import { html } from '@adjutant/insights';
import { actionForm } from '../components/action-form.ts';
import { freshness } from '../components/freshness.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { definePage } from '../define-page.ts';
import { livePath } from '../live/live-route.ts';
import { liveStateOf } from '../live/live-state.ts';
import { policyPart } from '../views/policy-part.ts';
import { rulesPart } from '../views/rules-part.ts';
import { sessionPart } from '../views/session-part.ts';
import { sourcesPart } from '../views/sources-part.ts';

/** How this installation is set up: what it reads, what may happen, which rules look. */
export const settingsPage = definePage({
  path: '/settings',
  title: 'Settings',
  role: 'member',
  hasFilters: false,
  async render(call) {
    const { handle, person, gateway, now } = call;
    const status = await handle.syncStatus();
    const { total } = await handle.actions.list({ status: ['pending'], limit: 1 });
    const policy = await gateway.adjutant.policy(handle.workspaceId);
    const isAdmin = person.viewer.role === 'admin';
    const setUp =
      isAdmin && gateway.setup !== null
        ? html`<p><a href="/setup">Go through the set-up again</a></p>`
        : null;
    const refresh = actionForm({ path: 'refresh', label: 'Read now', stays: true, isInline: true });
    return {
      body: html`${pageHead('Settings', 'What is read, what may happen, and which rules look. No secret is shown anywhere.')}<div class="now-line"><p role="status" aria-live="polite" data-live="${livePath}">${liveStateOf(total, status).said}</p>${refresh}</div>${setUp}${sourcesPart(status, { timeZone: handle.timeZone, now, isAdmin })}${policyPart(policy)}${rulesPart(await handle.signals.rules(), person, handle.timeZone)}${await sessionPart(call)}${pageSection({ id: 'privacy', title: 'What is kept of people' }, html`<p>What is stored, for what, who sees it and what never exists: <code>adjutant privacy report</code>.</p>`)}${freshness({ meta: status.meta, timeZone: handle.timeZone })}`,
    };
  },
});
