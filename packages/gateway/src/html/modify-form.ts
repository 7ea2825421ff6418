import type { ActionDetail } from '@adjutant/core';
import { fieldText, html, type SafeHtml } from '@adjutant/insights';

type Value = ActionDetail['payload'][string];

/** Returns the form with which a person proposes the same action in other words: a field per member. */
export function modifyForm(action: ActionDetail): SafeHtml {
  const { id, revision, payload } = action;
  const fields = Object.entries(payload).map(([name, value]) => field(name, value));
  return html`<section class="card"><details><summary>Change it before deciding</summary><form data-do="modify" data-action="${id}" data-revision="${revision}"><p class="quiet">It becomes a new revision: facts are fetched again, policy looks again, and earlier decisions no longer count.</p>${fields}<label>Why<textarea name="reason" maxlength="2000" required></textarea></label><div class="buttons"><button>Save as new revision</button></div><p role="alert"></p></form></details></section>`;
}

function field(name: string, value: Value): SafeHtml {
  if (typeof value === 'boolean') {
    const box = value
      ? html`<input type="checkbox" data-field="${name}" data-kind="boolean" checked>`
      : html`<input type="checkbox" data-field="${name}" data-kind="boolean">`;
    return html`<label class="tick">${box}${name}</label>`;
  }
  if (typeof value === 'string') {
    // The first line break after the tag is not part of a textarea's text.
    return html`<label>${name}<textarea class="code" data-field="${name}" data-kind="text">\n${fieldText(value)}</textarea></label>`;
  }
  const text = JSON.stringify(value, null, 2);
  return html`<label>${name} <span class="quiet">JSON</span><textarea class="code" data-field="${name}" data-kind="json">\n${fieldText(text)}</textarea></label>`;
}
