import { html, type SafeHtml, toText } from '@adjutant/insights';
import type { SignedInPerson } from '../auth/principal.ts';
import { navigation } from './navigation.ts';

export interface PageParts {
  title: string;
  body: SafeHtml;
  /** Whoever is signed in; null on a page for nobody yet. */
  person: SignedInPerson | null;
  csrf?: string | undefined;
  /** The path of the page, for the navigation to mark; none is marked unless told. */
  path?: string | undefined;
  /** Set where the page should look again by itself. @unit milliseconds */
  lookAgainMs?: number | undefined;
}

/** Returns a whole page as text. */
export function layout({ title, body, person, csrf, lookAgainMs, path }: PageParts): string {
  const token = csrf === undefined ? null : html`<meta name="adjutant-csrf" content="${csrf}">`;
  const head = html`<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">${token}<title>${title} · Adjutant</title><link rel="stylesheet" href="/assets/page.css"><script src="/assets/page.js" defer></script></head>`;
  const content = html`<body data-look-again-ms="${lookAgainMs ?? 0}"><a class="skip" href="#main">Skip to the content</a>${bar(person, path ?? null)}<main id="main">${body}<noscript><p class="note bad">This page needs its script, because only a script can use a passkey. Allow it for this address.</p></noscript></main></body>`;
  return `<!doctype html>\n${toText(html`<html lang="en">${head}${content}</html>`)}\n`;
}

function bar(person: SignedInPerson | null, path: string | null): SafeHtml {
  if (person === null) {
    return html`<header class="bar"><span class="name">Adjutant</span></header>`;
  }
  return html`<header class="bar"><a class="name" href="/">Adjutant</a>${navigation(person.viewer.role, path)}<span class="who">${person.name}</span><form data-do="sign-out"><button class="plain">Sign out</button><p role="alert"></p></form></header>`;
}

/** Returns a page that says what is wrong and what to do. */
export function messagePage(
  message: string,
  hint: string | null,
  person: SignedInPerson | null,
  csrf?: string,
): string {
  const next = hint === null ? null : html`<p class="lead">${hint}</p>`;
  return layout({ title: message, body: html`<h1>${message}</h1>${next}`, person, csrf });
}
