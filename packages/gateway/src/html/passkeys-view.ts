import type {
  ApproverGrant,
  EnrolledPasskey,
  InstallationGrade,
  LinkedAccount,
  PendingPasskey,
} from '@adjutant/core';
import { formatDay, html, type SafeHtml } from '@adjutant/insights';

export interface PasskeysParts {
  personId: string;
  isAdmin: boolean;
  passkeys: readonly EnrolledPasskey[];
  pending: readonly PendingPasskey[];
  grants: readonly ApproverGrant[];
  grade: InstallationGrade;
  links: readonly LinkedAccount[];
}

/** Returns the passkeys of a workspace, with what the person who looks can do about them. */
export function passkeysView(parts: PasskeysParts): SafeHtml {
  const { personId, passkeys, pending, grade } = parts;
  const own = passkeys.filter((passkey) => passkey.personId === personId);
  return html`<h1>Passkeys</h1><p class="lead">A passkey proves that you were there: your fingerprint, face or PIN signs the exact content of what you approve. No assistant can do that for you.</p>${gradeCard(grade)}${pendingCard(pending, own.length > 0)}${listCard(parts)}${enrolCard(passkeys.length, own.length)}${linksCard(parts, own.length > 0)}`;
}

function gradeCard({ assurance, reasons, nextStep }: InstallationGrade): SafeHtml {
  return html`<section class="card" aria-labelledby="grade"><h2 id="grade">This installation reaches: ${assurance}</h2><ul class="rows">${reasons.map((reason) => html`<li>${reason}</li>`)}${nextStep === null ? null : html`<li class="quiet">${nextStep}</li>`}</ul></section>`;
}

function listCard({ passkeys, personId, isAdmin, grants }: PasskeysParts): SafeHtml | null {
  if (passkeys.length === 0) return null;
  const mayDecide = new Set(grants.map((grant) => grant.personId));
  const lines = passkeys.map((passkey) => {
    const { authenticatorId, personName, label, fingerprint, enrolledAt, isFirst } = passkey;
    const revoke =
      passkey.personId === personId || isAdmin
        ? html`<form data-do="revoke" data-passkey="${authenticatorId}"><div class="buttons"><button class="plain no">Revoke</button></div><p role="alert"></p></form>`
        : null;
    const right = mayDecide.has(passkey.personId) ? '' : ', has no right to decide';
    return html`<li><span><strong>${personName}</strong>: ${label}, since ${formatDay(enrolledAt)}${isFirst ? ', the first one of this workspace' : ''}${right}</span><span class="finger">Fingerprint <code>${fingerprint}</code></span>${revoke}</li>`;
  });
  return html`<section class="card" aria-labelledby="enrolled"><h2 id="enrolled">Enrolled</h2><ul class="rows">${lines}</ul><p class="quiet">Do you know them all? One that nobody knows was enrolled by somebody else: stop <code>adjutant serve</code> and read <code>docs/security/threat-model.md</code>.</p></section>`;
}

function pendingCard(pending: readonly PendingPasskey[], canSign: boolean): SafeHtml | null {
  if (pending.length === 0) return null;
  const lines = pending.map(({ requestId, personName, label, fingerprint }) => {
    const sign = canSign
      ? html`<form data-do="sign-request" data-request="${requestId}"><div class="buttons"><button class="main">Sign with my passkey</button></div><p role="alert"></p></form>`
      : html`<span class="quiet">Signing it takes a passkey that is enrolled already.</span>`;
    return html`<li><span><strong>${personName}</strong>: ${label}</span><span class="finger">Fingerprint <code>${fingerprint}</code></span>${sign}</li>`;
  });
  return html`<section class="card" aria-labelledby="pending"><h2 id="pending">Waiting for a signature</h2><p>A new passkey counts only once an earlier one has signed it. Sign only what you, or the person it names, have just made: compare the fingerprint.</p><ul class="rows">${lines}</ul></section>`;
}

function enrolCard(all: number, own: number): SafeHtml {
  const words =
    all === 0
      ? 'The first passkey of a workspace is trusted as it comes. Its fingerprint goes into the ledger and into every exported checkpoint; write it down.'
      : own > 0
        ? 'You make the new one, then sign it with one that you have. With two, losing one is no harm.'
        : 'You make it here; it counts once an administrator has signed it with theirs.';
  return html`<section class="card" aria-labelledby="enrol"><h2 id="enrol">${own === 0 ? 'Enrol a passkey' : 'Enrol a further one'}</h2><p>${words}</p><form data-do="enrol" data-signs="${own > 0 ? 'yes' : 'no'}"><label>What you call it<input type="text" name="label" required maxlength="60" placeholder="Laptop" autocomplete="off"></label><div class="buttons"><button class="main">Enrol</button></div><p role="alert"></p></form></section>`;
}

function linksCard({ links, personId, isAdmin }: PasskeysParts, canSign: boolean): SafeHtml {
  const lines = links.map((link) => {
    const { linkId, accountSource, accountExternalId, personName, linkedAt, counts } = link;
    const end =
      link.personId === personId || isAdmin
        ? html`<form data-do="unlink" data-link="${linkId}"><div class="buttons"><button class="plain no">End</button></div><p role="alert"></p></form>`
        : null;
    return html`<li><span><strong>${personName}</strong>: ${accountSource} <code>${accountExternalId}</code>, since ${formatDay(linkedAt)}${counts ? '' : ', counts no more: link it again'}</span>${end}</li>`;
  });
  const form = canSign
    ? html`<form data-do="link"><label>Where<input type="text" name="accountSource" required maxlength="60" value="slack" autocomplete="off"></label><label>Id of the account there<input type="text" name="accountExternalId" required maxlength="200" placeholder="U0123456789" autocomplete="off"></label><div class="buttons"><button class="main">Link with my passkey</button></div><p role="alert"></p></form>`
    : html`<p class="quiet">Linking one takes a passkey of yours.</p>`;
  return html`<section class="card" aria-labelledby="links"><h2 id="links">Accounts whose buttons count</h2><p>Approving with a button in Slack counts as presence for an account that is linked here. Link only one that nobody else, and no assistant, can press buttons with.</p>${lines.length === 0 ? null : html`<ul class="rows">${lines}</ul>`}${form}</section>`;
}
