import { authorityWords, type IdentityChangePlan } from '@adjutant/core';
import { html, type SafeHtml } from '@adjutant/insights';
import { operationOf } from '../../identity-change.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { definePage } from '../define-page.ts';

/** What a change of people would do, before anybody agrees to it, and the button that agrees. */
export const identityChangePage = definePage({
  path: '/people/changes/:operation',
  title: 'Confirm a change of people',
  role: 'lead',
  hasFilters: false,
  async render({ handle, person, parameters }) {
    const text = parameters['operation'] ?? '';
    const plan = await handle.identityReview.plan(operationOf(text));
    const lead =
      plan.needs === 'lead'
        ? 'Nothing changes until you confirm. You can undo it under People.'
        : 'This touches what somebody may do. It takes an administrator’s passkey, which signs exactly what you see here.';
    return {
      body: html`${pageHead(titles[plan.operation.kind], lead)}${effectPart(plan)}${peoplePart(plan)}${confirmPart(plan, person.viewer.role === 'admin')}`,
    };
  },
});

const titles: Readonly<Record<IdentityChangePlan['operation']['kind'], string>> = {
  merge: 'Merge two people',
  confirm: 'Assign an account',
  split: 'Split a person',
  mark_bot: 'Mark as a bot',
  undo: 'Undo a change',
  set_role: 'Change a role',
};

function effectPart({ moves, roleChange, people }: IdentityChangePlan): SafeHtml {
  const names = new Map(people.map(({ personId, displayName }) => [personId, displayName]));
  const nameOf = (id: string | null): string => {
    if (id === null) return 'nobody';
    return id === 'new' ? 'a new person' : (names.get(id) ?? id);
  };
  const lines = moves.map(
    ({ source, externalId, fromPersonId, toPersonId }) =>
      html`<li>${source} <code>${externalId}</code>: ${fromPersonId === toPersonId ? `confirmed as ${nameOf(toPersonId)}’s` : `from ${nameOf(fromPersonId)} to ${nameOf(toPersonId)}`}</li>`,
  );
  const role =
    roleChange === null
      ? null
      : html`<li>${nameOf(roleChange.personId)}: from ${roleChange.was} to ${roleChange.role}</li>`;
  return pageSection(
    { id: 'effect', title: 'What changes' },
    lines.length === 0 && role === null
      ? html`<p class="quiet">No account moves and no role changes.</p>`
      : html`<ul class="rows">${role}${lines}</ul>`,
  );
}

function peoplePart({ people }: IdentityChangePlan): SafeHtml {
  const lines = people.map(({ displayName, role, holds }) => {
    const held = holds.map((kind) => authorityWords[kind]).join(', ');
    return html`<li><strong>${displayName}</strong> (${role})${held === '' ? '' : `: has ${held}`}</li>`;
  });
  return pageSection(
    {
      id: 'people',
      title: 'Who is touched',
      lead: 'Nobody gains anything of this by it. A right to decide that was given to an account rests while that account belongs to somebody else.',
    },
    html`<ul class="rows">${lines}</ul>`,
  );
}

function confirmPart({ operation, needs }: IdentityChangePlan, isAdmin: boolean): SafeHtml {
  if (needs === 'administrator_with_presence' && !isAdmin) {
    return html`<p class="quiet">Ask an administrator to open this page: only they may confirm it.</p>`;
  }
  const label = needs === 'lead' ? 'Confirm' : 'Confirm with my passkey';
  return html`<section class="card" aria-labelledby="confirm"><h2 id="confirm">Confirm</h2><form data-do="change-identity" data-operation="${JSON.stringify(operation)}"><div class="buttons"><button class="main">${label}</button></div><p role="alert"></p><noscript><p class="quiet">This button needs the page’s script.</p></noscript></form><p class="quiet"><a href="/people">Back to People</a></p></section>`;
}
