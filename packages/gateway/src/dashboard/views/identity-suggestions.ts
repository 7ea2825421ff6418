import type { IdentitySuggestion, WorkspaceHandle } from '@adjutant/core';
import { countOf, formatShare, html, type SafeHtml } from '@adjutant/insights';
import { actionForm } from '../components/action-form.ts';
import { pageSection } from '../components/page-head.ts';

/** What many may be joined at once at, as the terminal proposes it too. */
const sureEnough = 0.9;
const mostSingle = 40;
const mostTogether = 100;

/** Returns pairs who may be one: those that are sure together, the others each by itself. */
export async function suggestionsPart(
  handle: Pick<WorkspaceHandle, 'identityReview'>,
  suggestions: readonly IdentitySuggestion[],
  mayChange: boolean,
): Promise<SafeHtml | null> {
  if (suggestions.length === 0) return null;
  const sure = await handle.identityReview.mergeable({ above: sureEnough });
  const together = sure.slice(0, mostTogether);
  const inBulk = new Set(sure.map(pairValue));
  const single = suggestions.filter((pair) => !inBulk.has(pairValue(pair)));
  const more = sure.length - together.length + Math.max(0, single.length - mostSingle);
  return pageSection(
    {
      id: 'suggestions',
      title: 'Who may be one person',
      lead: 'Nothing is joined until somebody says so. A pair that is as likely with somebody else, or of different roles, is only ever joined by itself.',
    },
    html`${bulkForm(together, mayChange)}${single.length > 0 && html`<ul class="entries">${single.slice(0, mostSingle).map((pair) => singleEntry(pair, mayChange))}</ul>`}${more > 0 && html`<p class="quiet">and ${more} more once these are decided.</p>`}`,
  );
}

function bulkForm(pairs: readonly IdentitySuggestion[], mayChange: boolean): SafeHtml | null {
  if (pairs.length === 0) return null;
  const boxes = pairs.map(
    (pair) =>
      html`<label class="tick"><input type="checkbox" name="pairs[]" value="${pairValue(pair)}" checked> <span>${pairWords(pair)}</span></label>`,
  );
  if (!mayChange)
    return html`<ul class="entries">${pairs.map((pair) => html`<li><p>${pairWords(pair)}</p></li>`)}</ul>`;
  return actionForm({
    path: 'people/merge-shown',
    label: 'Make one of each chosen pair',
    kind: 'main',
    values: { above: String(sureEnough) },
    fields: html`<fieldset><legend>${countOf(pairs.length, 'pair')} at ${formatShare(sureEnough)} or more</legend>${boxes}</fieldset>`,
  });
}

function singleEntry(pair: IdentitySuggestion, mayChange: boolean): SafeHtml {
  const { fromPersonId, toPersonId, isAmbiguous, rolesDiffer } = pair;
  const notes = [
    ...(isAmbiguous ? ['another one is as likely'] : []),
    ...(rolesDiffer ? ['their roles differ, and rights stay where they are'] : []),
  ];
  const form = mayChange
    ? actionForm({
        path: 'people/merge',
        label: 'They are one',
        about: `${pair.fromName} and ${pair.toName}`,
        values: { fromPersonId, toPersonId },
      })
    : null;
  return html`<li><p>${pairWords(pair)}</p>${notes.length > 0 && html`<p class="quiet">${notes.join('; ')}</p>`}${form}</li>`;
}

function pairWords(pair: IdentitySuggestion): SafeHtml {
  const { fromName, toName, fromSources, toSources, message, confidence } = pair;
  return html`<strong>${fromName}</strong> (${fromSources.join(', ')}) and <strong>${toName}</strong> (${toSources.join(', ')}): ${message} <span class="quiet">${formatShare(confidence)}</span>`;
}

/** Ids of people hold no blank. */
function pairValue({ fromPersonId, toPersonId }: IdentitySuggestion): string {
  return `${fromPersonId} ${toPersonId}`;
}
