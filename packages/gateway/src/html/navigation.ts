import type { Person } from '@adjutant/core/domain';
import { html, type SafeHtml } from '@adjutant/insights';

/** What the navigation leads to, in its order; each only for whom it is shown. */
const entries: readonly { path: string; label: string; role: Person['role'] }[] = [
  { path: '/', label: 'Today', role: 'member' },
  { path: '/approvals', label: 'Approvals', role: 'member' },
  { path: '/passkeys', label: 'Passkeys', role: 'member' },
];

const ladder: readonly Person['role'][] = ['member', 'lead', 'admin'];

/** Returns the links to the pages that a role sees, the present one marked. */
export function navigation(role: Person['role'], path: string | null): SafeHtml {
  const links = entries
    .filter((entry) => ladder.indexOf(role) >= ladder.indexOf(entry.role))
    .map((entry) =>
      entry.path === path
        ? html`<li><a href="${entry.path}" aria-current="page">${entry.label}</a></li>`
        : html`<li><a href="${entry.path}">${entry.label}</a></li>`,
    );
  return html`<nav aria-label="Pages"><ul>${links}</ul></nav>`;
}
