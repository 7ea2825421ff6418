import type { PageSession } from '@adjutant/core';
import { html, type SafeHtml, toText } from '@adjutant/insights';

export interface PageParts {
  title: string;
  body: SafeHtml;
  session: PageSession | null;
  csrf?: string | undefined;
  /** Set where the page should look again by itself. @unit milliseconds */
  lookAgainMs?: number | undefined;
}

/** Returns a whole page as text. */
export function layout({ title, body, session, csrf, lookAgainMs }: PageParts): string {
  const token = csrf === undefined ? null : html`<meta name="adjutant-csrf" content="${csrf}">`;
  const head = html`<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">${token}<title>${title} · Adjutant</title><link rel="stylesheet" href="/assets/page.css"><script src="/assets/page.js" defer></script></head>`;
  const content = html`<body data-look-again-ms="${lookAgainMs ?? 0}"><a class="skip" href="#main">Skip to the content</a>${bar(session)}<main id="main">${body}<noscript><p class="note bad">This page needs its script, because only a script can use a passkey. Allow it for this address.</p></noscript></main></body>`;
  return `<!doctype html>\n${toText(html`<html lang="en">${head}${content}</html>`)}\n`;
}

function bar(session: PageSession | null): SafeHtml {
  if (session === null) {
    return html`<header class="bar"><span class="name">Adjutant</span></header>`;
  }
  return html`<header class="bar"><a class="name" href="/">Adjutant</a><nav aria-label="Pages"><a href="/">Decisions</a> · <a href="/passkeys">Passkeys</a></nav><span class="who">${session.personName}</span><form data-do="sign-out"><button class="plain">Sign out</button><p role="alert"></p></form></header>`;
}

/** Returns a page that says what is wrong and what to do. */
export function messagePage(
  message: string,
  hint: string | null,
  session: PageSession | null,
  csrf?: string,
): string {
  const next = hint === null ? null : html`<p class="lead">${hint}</p>`;
  return layout({ title: message, body: html`<h1>${message}</h1>${next}`, session, csrf });
}
