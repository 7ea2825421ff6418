import type { Person } from '@adjutant/core/domain';
import { html, type SafeHtml } from '@adjutant/insights';
import { reachesRole } from '../auth/role-ladder.ts';
import { allPages } from '../dashboard/all-pages.ts';

export interface NavigationEntry {
  path: string;
  label: string;
  role: Person['role'];
  /** Whether the window, team and repository of one page hold on the next. */
  keepsFilters: boolean;
}

/** Every path that the navigation knows, in its order; each group answers one kind of question. */
const groups: readonly { name: string; paths: readonly string[] }[] = [
  { name: 'Now', paths: ['/', '/approvals', '/signals', '/reports'] },
  {
    name: 'How work flows',
    paths: ['/delivery', '/flow', '/pull-requests', '/sprint', '/quality', '/ai-impact'],
  },
  { name: 'What is known', paths: ['/search', '/people', '/ledger'] },
  { name: 'Yours', paths: ['/settings', '/passkeys', '/setup'] },
];

/** Pages that the routes of decisions serve; all others are in `allPages`. */
const decisionPages: readonly NavigationEntry[] = [
  { path: '/approvals', label: 'Approvals', role: 'member', keepsFilters: false },
  { path: '/passkeys', label: 'Passkeys', role: 'member', keepsFilters: false },
];

/** Returns what the navigation leads to, group by group. */
export function navigationGroups(): { name: string; entries: NavigationEntry[] }[] {
  const known = new Map(decisionPages.map((entry) => [entry.path, entry]));
  for (const { path, title, role, hasFilters } of allPages) {
    known.set(path, { path, label: title, role, keepsFilters: hasFilters });
  }
  return groups.map(({ name, paths }) => ({
    name,
    entries: paths.flatMap((path) => known.get(path) ?? []),
  }));
}

/** Every path that the groups name; a test holds that each has its page. */
export const navigationPaths: readonly string[] = groups.flatMap(({ paths }) => paths);

/**
 * Returns the links to the pages that a role sees, the present one marked. `kept` is the query that
 * holds on every page with filters, such as `?days=90`.
 */
export function navigation(role: Person['role'], path: string | null, kept: string): SafeHtml {
  const lists = navigationGroups().map(({ name, entries }) => {
    const links = entries
      .filter((entry) => reachesRole(role, entry.role))
      .map((entry) => {
        const address = `${entry.path}${entry.keepsFilters ? kept : ''}`;
        return entry.path === path
          ? html`<li><a href="${address}" aria-current="page">${entry.label}</a></li>`
          : html`<li><a href="${address}">${entry.label}</a></li>`;
      });
    return links.length === 0
      ? null
      : html`<li class="nav-group"><span class="nav-name">${name}</span><ul>${links}</ul></li>`;
  });
  return html`<nav id="pages" aria-label="Pages" popover><ul>${lists}</ul></nav>`;
}
