import { html, type SafeHtml, toText } from '@adjutant/insights';
import type { SignedInPerson } from '../auth/principal.ts';
import { type AssetName, assetOf } from '../static/assets.ts';
import { navigation } from './navigation.ts';

export interface PageParts {
  title: string;
  body: SafeHtml;
  /** Whoever is signed in; null on a page for nobody yet. */
  person: SignedInPerson | null;
  csrf?: string | undefined;
  /** The path of the page, for the navigation to mark; none is marked unless told. */
  path?: string | undefined;
  /** The query that the links to other pages with filters keep, such as `?days=90`. */
  kept?: string | undefined;
  /** A page of figures: as wide as there is room for, and whole without a script. */
  isWide?: boolean | undefined;
  /** Set where the page should look again by itself. @unit milliseconds */
  lookAgainMs?: number | undefined;
}

/** Returns a whole page as text. */
export function layout(parts: PageParts): string {
  const { title, body, person, csrf, lookAgainMs, isWide = false } = parts;
  const token = csrf === undefined ? null : html`<meta name="adjutant-csrf" content="${csrf}">`;
  const files = (isWide ? filesOfFigures : filesOfForms).map(loadOf);
  const head = html`<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">${token}<title>${title} · Adjutant</title>${files}</head>`;
  const needsScript = isWide
    ? null
    : html`<noscript><p class="note bad">This page needs its script, because only a script can use a passkey. Allow it for this address.</p></noscript>`;
  const content = html`<body class="${person === null ? 'alone' : 'framed'}" data-look-again-ms="${lookAgainMs ?? 0}"><a class="skip" href="#main">Skip to the content</a>${frame(parts)}<main id="main" class="${isWide ? 'wide' : 'narrow'}" tabindex="-1">${body}${needsScript}</main></body>`;
  return `<!doctype html>\n${toText(html`<html lang="en">${head}${content}</html>`)}\n`;
}

const filesOfForms: readonly AssetName[] = ['page.css', 'page.js'];
const filesOfFigures: readonly AssetName[] = ['dashboard.css', 'page.js', 'dashboard.js'];

function loadOf(name: AssetName): SafeHtml {
  const { address } = assetOf(name);
  return name.endsWith('.css')
    ? html`<link rel="stylesheet" href="${address}">`
    : html`<script src="${address}" defer></script>`;
}

/** The pages stand beside the content where there is room, and behind a button where there is not. */
function frame({ person, path, kept = '' }: PageParts): SafeHtml {
  if (person === null) {
    return html`<header class="bar"><span class="name">Adjutant</span></header>`;
  }
  return html`<header class="rail"><div class="brand"><a class="name" href="/">Adjutant</a><button type="button" class="plain menu" popovertarget="pages">Pages</button></div>${navigation(person.viewer.role, path ?? null, kept)}<div class="account"><span class="who">${person.name}</span><form data-do="sign-out"><button class="plain">Sign out</button><p role="alert"></p></form></div></header>`;
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
