import type { ActionDetail, DecisionView } from '@adjutant/core';
import { textExtent } from '@adjutant/core/ports';
import { countOf, exactText, html, type SafeHtml } from '@adjutant/insights';
import { diffLines } from '../diff-lines.ts';
import { decisionForm, resolutionForm } from './decision-form.ts';
import { modifyForm } from './modify-form.ts';
import { payloadText } from './payload-text.ts';
import { chips, inWords, whoWords } from './status-words.ts';

/** Returns one action as whoever decides it needs it: Adjutant's facts first, the assistant's words apart. */
export function actionView(
  action: ActionDetail,
  viewer: { personId: string; hasPasskey: boolean; now: number },
): SafeHtml {
  const { title, type, targetRef, status } = action;
  const isOpen = status === 'pending';
  return html`<div>${chips(action)}</div><h1>${title}${targetRef === null ? null : html`: ${targetRef}`}</h1><p class="lead"><code>${type}</code> · ${about(action, viewer)}</p>${demoNote(action)}${facts(action)}${recipients(action)}${content(action)}${difference(action, viewer.personId)}${words(action, viewer.personId)}${policy(action)}${isOpen ? decisionForm(action, viewer.hasPasskey) : null}${isOpen ? modifyForm(action) : null}${status === 'needs_human' ? resolutionForm(action) : null}${decisions(action, viewer.now)}${outcome(action)}${exactBinding(action)}`;
}

function about(action: ActionDetail, viewer: { personId: string; now: number }): string {
  const { requester, sponsorName, createdAt, expiresAt, status, nextStep, settledAt } = action;
  const { personId, now } = viewer;
  const expiry =
    status === 'pending' && expiresAt !== null ? ` Expires ${inWords(expiresAt, now)}.` : '';
  const settled = settledAt === null ? '' : ` Settled ${inWords(settledAt, now)}.`;
  // What is to be done with a pending one, the form below says.
  const next = nextStep === null || status === 'pending' ? '' : ` ${nextStep}`;
  return `proposed ${inWords(createdAt, now)} by ${whoWords(requester, sponsorName, personId)}.${expiry}${settled}${next}`;
}

function demoNote({ risk, assurance, mode }: ActionDetail): SafeHtml | null {
  if (risk !== 'high' || assurance !== 'cooperative' || mode !== 'require_approval') return null;
  return html`<p class="note bad">Demo workspace: high risk is approved here without a passkey. No other workspace allows that.</p>`;
}

function facts({ preview, targetUrl }: ActionDetail): SafeHtml {
  if (preview === null) {
    return html`<section class="card"><h2>What Adjutant found</h2><p class="quiet">Not looked up yet: a worker prepares it. Without one running, start <code>adjutant serve</code>.</p></section>`;
  }
  const ordered = [
    ...preview.facts.filter(({ tone }) => tone === 'warning'),
    ...preview.facts.filter(({ tone }) => tone !== 'warning'),
  ];
  const rows = ordered.map(
    ({ label, value, tone }) =>
      html`<div class="${tone}"><dt>${label}</dt><dd>${exactText(value)}</dd></div>`,
  );
  return html`<section class="card" aria-labelledby="facts"><h2 id="facts">What Adjutant found</h2>${rows.length === 0 ? html`<p class="quiet">Nothing beyond the content below.</p>` : html`<dl class="facts">${rows}</dl>`}${link(targetUrl)}</section>`;
}

/** Only an address of the web, and one that names itself: the text of a link never hides where it leads. */
function link(url: string | null): SafeHtml | null {
  if (url === null || URL.parse(url)?.protocol !== 'https:') return null;
  return html`<p class="quiet"><a href="${url}" rel="noreferrer noopener" target="_blank">${url}</a></p>`;
}

function recipients({ preview }: ActionDetail): SafeHtml | null {
  if (preview === null) return null;
  const { recipients: list } = preview;
  const shown =
    list.length === 0
      ? html`<p class="quiet">Nobody outside this installation.</p>`
      : html`<ul class="recipients">${list.map((name) => html`<li>${exactText(name)}</li>`)}</ul>`;
  return html`<section class="card" aria-labelledby="reaches"><h2 id="reaches">Whom it reaches${list.length > 1 && html` (${list.length})`}</h2>${shown}</section>`;
}

function content({ preview, payload }: ActionDetail): SafeHtml {
  const text = preview?.content ?? null;
  const parameters = payloadText(payload);
  // A long text scrolls in its frame, which does not say how much of it is below.
  const extent = (whole: string): string => `${textExtent(whole)}, all of it here`;
  const shown =
    text === null
      ? html`<p class="quiet">No text leaves. This is what is carried out (${extent(parameters)}):</p><pre class="exact" tabindex="0">${exactText(parameters)}</pre>`
      : html`<p class="quiet">${extent(text)}:</p><pre class="exact" tabindex="0">${exactText(text)}</pre><details><summary>All parameters (${textExtent(parameters)})</summary><pre class="exact" tabindex="0">${exactText(parameters)}</pre></details>`;
  return html`<section class="card" aria-labelledby="content"><h2 id="content">Exactly this</h2>${shown}</section>`;
}

function difference({ revisions, revision }: ActionDetail, reader: string): SafeHtml | null {
  const ordered = revisions.toSorted((a, b) => a.revision - b.revision);
  const after = ordered.find((one) => one.revision === revision);
  const before = ordered.findLast((one) => one.revision < revision);
  if (after === undefined || before === undefined) return null;
  const lines = diffLines(payloadText(before.payload), payloadText(after.payload));
  const why = after.reason === null ? null : html` Reason: ${exactText(after.reason)}`;
  return html`<section class="card" aria-labelledby="change"><h2 id="change">Changed since revision ${before.revision}</h2><p class="quiet">By ${whoWords(after.author, after.authorName, reader)}.${why}</p><div class="diff" tabindex="0">${lines.map(({ kind, text }) => html`<span class="${kind}">${exactText(text)}</span>`)}</div></section>`;
}

function words(
  { rationale, requester, sponsorName }: ActionDetail,
  reader: string,
): SafeHtml | null {
  if (rationale === null) return null;
  return html`<section class="unverified" aria-labelledby="words"><h2 id="words">Why, in the words of ${whoWords(requester, sponsorName, reader)}: unverified</h2><p class="quiet">Nobody checked this. It may be wrong, or written by whoever wrote what the assistant read.</p><p class="words">${exactText(rationale)}</p></section>`;
}

function policy(action: ActionDetail): SafeHtml {
  const { policyReason, quorum, assurance, reversible, mode } = action;
  const needs =
    mode === 'require_approval' || mode === 'ask'
      ? `It takes ${quorum <= 1 ? 'one person' : `${quorum} different people`}${assurance === 'cooperative' ? '.' : assurance === 'separate' ? ', other than the one it is done for, each with a passkey.' : ' with a passkey.'}`
      : '';
  return html`<section class="card" aria-labelledby="policy"><h2 id="policy">Why you are asked</h2><p>${policyReason ?? 'Policy has not looked at it yet.'} ${needs}</p><p class="quiet">${reversible ? 'It can be taken back afterwards.' : 'It cannot be taken back.'}</p></section>`;
}

function decisions({ decisions: list }: ActionDetail, now: number): SafeHtml | null {
  if (list.length === 0) return null;
  return html`<section class="card" aria-labelledby="decided"><h2 id="decided">${countOf(list.length, 'decision')} so far</h2><ul class="rows">${list.map((one) => decisionLine(one, now))}</ul></section>`;
}

const assuranceWords = {
  cooperative: 'signed in only (cooperative)',
  presence: 'proved to be there (presence)',
  separate: 'proved to be there, somebody other than the sponsor (separate)',
};

function decisionLine(decision: DecisionView, now: number): SafeHtml {
  const { reviewerName, verdict, reason, surface, assurance, revision, decidedAt, voided } =
    decision;
  const done = verdict === 'approve' ? 'approved' : 'declined';
  const notice = voided ? html` <strong>No longer counts.</strong>` : null;
  return html`<li><span><strong>${reviewerName}</strong> ${done} revision ${revision}, ${inWords(decidedAt, now)}, at the ${surface}: ${assuranceWords[assurance]}.${notice}</span>${reason === null ? null : html`<span class="quiet">${reason}</span>`}</li>`;
}

function outcome({ outcome: result }: ActionDetail): SafeHtml | null {
  if (result === null) return null;
  return html`<section class="card" aria-labelledby="outcome"><h2 id="outcome">Outcome</h2><pre class="exact" tabindex="0">${exactText(payloadText(result))}</pre></section>`;
}

function exactBinding(action: ActionDetail): SafeHtml {
  const { id, revision, payloadHash, preconditions, policyHash, traceId } = action;
  const bound =
    preconditions === null
      ? null
      : html`<pre class="exact" tabindex="0">${exactText(payloadText(preconditions))}</pre>`;
  return html`<details class="quiet"><summary>What the decision is bound to</summary><p>Action <code>${id}</code>, revision ${revision}. Hash of the payload: <code>${payloadHash ?? 'not prepared yet'}</code>. Policy: <code>${policyHash ?? 'none yet'}</code>. Trace: <code>${traceId}</code>. Before it runs, this is read again and has to be the same:</p>${bound}</details>`;
}
