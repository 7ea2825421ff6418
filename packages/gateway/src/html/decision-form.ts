import type { ActionDetail } from '@adjutant/core';
import { html, type SafeHtml } from '@adjutant/insights';
import { needsPasskey } from '../needs-passkey.ts';

/** Returns the form with which a person decides; or why there is none. */
export function decisionForm(action: ActionDetail, hasPasskey: boolean): SafeHtml {
  const { id, revision, payloadHash } = action;
  const passkey = needsPasskey(action);
  const isLocked = passkey && !hasPasskey;
  const approve = isLocked
    ? html`<button class="main" disabled>Approve</button>`
    : html`<button class="main" name="verdict" value="approve">${passkey ? 'Approve with passkey' : 'Approve'}</button>`;
  const why = isLocked
    ? html`<p class="note">To approve this you need a passkey: being signed in is not enough, because a program of the same user could be. <a href="/passkeys">Enrol one</a> and come back. You can decline without.</p>`
    : null;
  return html`<section class="card" aria-labelledby="decide"><h2 id="decide">Your decision</h2>${why}<form data-do="decide" data-action="${id}" data-revision="${revision}" data-hash="${payloadHash ?? ''}" data-passkey="${passkey ? 'yes' : 'no'}"><label>Reason <span class="quiet">It stands in the ledger.</span><textarea name="reason" maxlength="2000"></textarea></label><div class="buttons">${approve}<button class="no" name="verdict" value="decline">Decline</button></div><p role="alert"></p></form></section>`;
}

/** Returns the form with which a person tells what became of an effect that nobody could tell of. */
export function resolutionForm({ id }: ActionDetail): SafeHtml {
  return html`<section class="card" aria-labelledby="resolve"><h2 id="resolve">What happened?</h2><p>It was sent, and no answer came. Look at the target, then say what you found. It is not sent again by itself.</p><form data-do="resolve" data-action="${id}"><label>What you saw<textarea name="reason" maxlength="2000" required></textarea></label><div class="buttons"><button name="verdict" value="happened">It happened</button><button name="verdict" value="did_not_happen">It did not happen</button></div><p role="alert"></p></form></section>`;
}
