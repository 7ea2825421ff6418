import type {
  IdentityChangeSummary,
  IdentitySuggestion,
  PersonSummary,
  UnmatchedPerson,
} from '@adjutant/core';
import { countOf, formatMoment, formatShare, html, type SafeHtml } from '@adjutant/insights';
import { actionForm } from '../components/action-form.ts';
import { dataTable } from '../components/data-table.ts';
import { emptyState } from '../components/empty-state.ts';
import { freshness } from '../components/freshness.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { pager } from '../components/pager.ts';
import { definePage, type PageCall } from '../define-page.ts';
import { mayLead } from '../may-lead.ts';
import { suggestionsPart } from '../views/identity-suggestions.ts';

const shown = 50;
const mostChanges = 25;

/** Who is who: people, whom one source knows alone, and who may be one. */
export const peoplePage = definePage({
  path: '/people',
  title: 'People',
  role: 'member',
  hasFilters: false,
  async render(call) {
    const { handle, url, person } = call;
    const text = url.searchParams.get('find')?.slice(0, 200) ?? '';
    const cursor = url.searchParams.get('cursor') ?? undefined;
    const people = await handle.findPeople({ text, limit: shown, cursor });
    const unmatched = await handle.identityReview.unmatched();
    const suggestions = await handle.identitySuggestions();
    const changes = await handle.identityChanges();
    const mayChange = mayLead(person);
    const lead = mayChange
      ? 'Who is who is a person’s word: what a rule is not sure of, you decide. Everything here can be undone.'
      : 'Leads and administrators decide who is who; you can see what they did.';
    return {
      body: html`${pageHead('People', lead)}${await suggestionsPart(handle, suggestions, mayChange)}${unmatchedPart(unmatched)}${peoplePart(people, text, call)}${changesPart(changes, mayChange, handle.timeZone)}${freshness({ meta: people.meta, timeZone: handle.timeZone })}`,
    };
  },
});

function unmatchedPart({
  items,
  total,
}: {
  items: readonly UnmatchedPerson[];
  total: number;
}): SafeHtml | null {
  if (total === 0) return null;
  const standing = { suggested: 'looks like', ambiguous: 'one of several', unknown: 'like nobody' };
  return pageSection(
    {
      id: 'unmatched',
      title: 'Known by one source alone',
      lead: `${countOf(total, 'person', 'people')}${total > items.length ? `, of whom ${items.length} stand here` : ''}. What they did elsewhere, if anything, is not counted together.`,
    },
    dataTable({
      id: 'unmatched-people',
      caption: 'People whom only one source knows',
      hasFilter: true,
      columns: [
        { id: 'name', title: 'Name' },
        { id: 'accounts', title: 'Account' },
        { id: 'like', title: 'Looks like' },
      ],
      rows: items.map(({ personId, displayName, accounts, source, standing: how, suggestion }) => [
        displayName,
        html`${source} ${accounts.map(({ login, externalId }) => html`<code>${login ?? externalId}</code> `)}`,
        suggestion === null
          ? html`<span class="quiet">${standing[how]}</span>`
          : html`${otherName(suggestion, personId)} <span class="quiet">${how === 'ambiguous' ? standing.ambiguous : formatShare(suggestion.confidence)}</span>`,
      ]),
    }),
  );
}

function otherName(
  { fromPersonId, fromName, toName }: IdentitySuggestion,
  personId: string,
): string {
  return fromPersonId === personId ? toName : fromName;
}

function peoplePart(
  { items, total, nextCursor, meta }: Awaited<ReturnType<PageCall['handle']['findPeople']>>,
  text: string,
  { url, person }: PageCall,
): SafeHtml {
  const mayChange = mayLead(person);
  const field = html`<form method="get" action="/people" class="filter-form" role="search"><label>Find<input type="search" name="find" value="${text}" maxlength="200" placeholder="name, login or address"></label><button class="plain">Find</button></form>`;
  if (total === 0 && text === '') {
    return pageSection(
      { id: 'everybody', title: 'Everybody' },
      emptyState({
        title: 'Nobody is known yet',
        expect:
          'People appear with the first reading: each account that wrote, reviewed or was asked, joined where a rule is sure that two are one person.',
        next:
          meta.syncedAt === null
            ? { say: 'Connect a source and read it once.', command: 'adjutant sync' }
            : {
                say: 'Check what the sources were told to read.',
                link: { href: '/settings', label: 'Settings' },
              },
      }),
    );
  }
  const isAdmin = person.viewer.role === 'admin';
  const rows = items.map((one) => personEntry(one, { mayChange, isAdmin }));
  return pageSection(
    { id: 'everybody', title: 'Everybody', lead: countOf(total, 'person', 'people') },
    [
      field,
      mayChange ? mergeForm(items) : null,
      items.length === 0
        ? html`<p class="quiet">Nobody is called that.</p>`
        : html`<ul class="entries">${rows}</ul>`,
      pager({ url, shown: items.length, total, nextCursor, noun: 'person', nouns: 'people' }),
    ],
  );
}

/** Any two of those who are shown; nobody has to wait until a rule finds them alike. */
function mergeForm(items: readonly PersonSummary[]): SafeHtml | null {
  if (items.length < 2) return null;
  const options = items.map(
    ({ id, displayName, accounts }) =>
      html`<option value="${id}">${displayName} (${[...new Set(accounts.map(({ source }) => source))].join(', ')})</option>`,
  );
  const form = actionForm({
    path: 'people/merge',
    label: 'Make them one',
    fields: html`<label>This person<select name="fromPersonId">${options}</select></label><label>is the same as, and becomes<select name="toPersonId">${options}</select></label>`,
    isInline: true,
  });
  return html`<details><summary>Make two of them one</summary>${form}</details>`;
}

function personEntry(
  { id, displayName, accounts, teams, role }: PersonSummary,
  { mayChange, isAdmin }: { mayChange: boolean; isAdmin: boolean },
): SafeHtml {
  const names = accounts.map(
    ({ source, login, externalId, confidence, kind, isLent }) =>
      html`<li>${source} <code>${login ?? externalId}</code>${kind !== 'human' && html` <span class="mark plain">${kind.replaceAll('_', ' ')}</span>`}${confidence < 1 && html` <span class="quiet">${formatShare(confidence)}</span>`}${isLent && html` <span class="quiet">for figures only</span>`}</li>`,
  );
  const facts = html`<span class="quiet">${role}${teams.length > 0 && html`, ${teams.join(', ')}`}</span>`;
  const change = mayChange
    ? personForms({ id, displayName, accounts, role: isAdmin ? role : 'admin' })
    : null;
  return html`<li><p><strong>${displayName}</strong> ${facts}</p><ul class="accounts">${names}</ul>${change}</li>`;
}

function personForms({
  id,
  displayName,
  accounts,
  role,
}: Pick<PersonSummary, 'id' | 'displayName' | 'accounts' | 'role'>): SafeHtml {
  const boxes = accounts.map(
    ({ source, externalId, login }) =>
      html`<label class="tick"><input type="checkbox" name="accounts[]" value="${source}:${externalId}"> ${source} <code>${login ?? externalId}</code></label>`,
  );
  const split =
    accounts.length < 2
      ? null
      : actionForm({
          path: 'people/split',
          label: 'Give these to a person of their own',
          values: { personId: id },
          fields: html`<fieldset><legend>Not ${displayName}’s</legend>${boxes}</fieldset>`,
        });
  const bot = actionForm({
    path: 'people/bot',
    label:
      accounts.length < 2
        ? 'This is a bot'
        : 'A bot is behind these, or behind all where none is chosen',
    about: displayName,
    values: { personId: id },
    fields:
      accounts.length < 2
        ? null
        : html`<fieldset><legend>Which accounts</legend>${boxes}</fieldset>`,
  });
  // Whoever looks may not give roles, or this person keeps theirs, where it is "admin" here.
  const other = role === 'lead' ? 'member' : 'lead';
  const roleForm =
    role === 'admin'
      ? null
      : actionForm({
          path: 'people/role',
          label: `Make ${other}`,
          about: displayName,
          values: { personId: id, role: other },
        });
  return html`<details><summary>Change</summary><div class="forms">${split}${bot}${roleForm}<p class="quiet">A bot leaves every figure of people, whatever its source says of it.</p></div></details>`;
}

function changesPart(
  changes: readonly IdentityChangeSummary[],
  mayChange: boolean,
  timeZone: string,
): SafeHtml | null {
  if (changes.length === 0) return null;
  const lines = changes.slice(0, mostChanges).map((change) => {
    const { id, kind, fromName, toName, at, actor, undoneAt, accounts, isAutomatic } = change;
    const stays = change.fromPersonId === change.toPersonId;
    const said = {
      merge: `${fromName} became ${toName}`,
      split: stays ? `confirmed as ${toName}’s` : `${toName} was split off ${fromName}`,
      bot: `${fromName} was called a bot`,
    }[kind];
    const by = isAutomatic
      ? `the rule “${actor.slice('rule:'.length).replaceAll('_', ' ')}”`
      : actor;
    const undo =
      undoneAt !== null
        ? html`<p class="quiet">Taken back ${formatMoment(undoneAt, timeZone)}.</p>`
        : mayChange
          ? actionForm({ path: 'people/undo', label: 'Take back', about: said, values: { id } })
          : null;
    return html`<li><p>${said} <span class="quiet">${formatMoment(at, timeZone)}, by ${by}: ${accounts.map(([source, account]) => `${source}:${account}`).join(', ')}</span></p>${undo}</li>`;
  });
  return pageSection(
    {
      id: 'changes',
      title: 'What was decided',
      lead: 'Newest first; each can be taken back by itself.',
    },
    html`<ul class="entries">${lines}</ul>`,
  );
}
