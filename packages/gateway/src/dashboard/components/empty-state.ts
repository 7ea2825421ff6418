import { html, type SafeHtml } from '@adjutant/insights';

export interface EmptyState {
  /** What is not there. */
  title: string;
  /** 2 where it stands right below the heading of the page; 3, inside of a section, unless told. */
  level?: 2 | 3;
  /** What will stand here once it is. */
  expect: string;
  /** What to do next: a sentence, and what carries it out. */
  next: { say: string; command?: string; link?: { href: string; label: string } };
}

/** Returns what stands where there is nothing yet: what to expect, and the next step. */
export function emptyState({ title, level = 3, expect, next }: EmptyState): SafeHtml {
  const { say, command, link } = next;
  const heading = level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`;
  return html`<div class="empty">${heading}<p>${expect}</p><p class="next-step"><strong>Next:</strong> ${say}${command !== undefined && html` <code>${command}</code>`}${link !== undefined && html` <a href="${link.href}">${link.label}</a>`}</p></div>`;
}
