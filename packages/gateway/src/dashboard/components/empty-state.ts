import { html, type SafeHtml } from '@adjutant/insights';

export interface EmptyState {
  /** What is not there. */
  title: string;
  /** What will stand here once it is. */
  expect: string;
  /** What to do next: a sentence, and what carries it out. */
  next: { say: string; command?: string; link?: { href: string; label: string } };
}

/** Returns what stands where there is nothing yet: what to expect, and the next step. */
export function emptyState({ title, expect, next }: EmptyState): SafeHtml {
  const { say, command, link } = next;
  return html`<div class="empty"><h3>${title}</h3><p>${expect}</p><p class="next-step"><strong>Next:</strong> ${say}${command !== undefined && html` <code>${command}</code>`}${link !== undefined && html` <a href="${link.href}">${link.label}</a>`}</p></div>`;
}
