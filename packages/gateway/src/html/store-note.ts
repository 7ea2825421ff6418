import type { Adjutant, StoreTroubleReason } from '@adjutant/core';
import { html, type SafeHtml } from '@adjutant/insights';

const words: Readonly<Record<StoreTroubleReason, string>> = {
  locked: 'another process keeps it locked',
  disk_full: 'its disk is full',
  read_only: 'it is read-only',
  disk_error: 'its disk reports an error',
  cannot_be_opened: 'it cannot be opened',
};

/** Returns what stands above every page while nothing can be written; null while it can. */
export function storeNote({ storeTrouble }: Pick<Adjutant, 'storeTrouble'>): SafeHtml | null {
  const trouble = storeTrouble();
  if (trouble === null) return null;
  return html`<p class="note bad" role="status">The store cannot be written: ${words[trouble.reason]}. What is shown is what was stored before. Nothing is decided, sent or read until it can be; then everything goes on by itself.</p>`;
}
