import { createHash } from 'node:crypto';
import { html, type SafeHtml, styleElement, toText } from './escape.ts';
import { styleSheet } from './style-sheet.ts';

/** Nothing is loaded and nothing runs; the one style sheet is allowed by its hash. */
const securityPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(styleSheet)
  .digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** Returns a page as one file that runs no script and loads nothing. */
export function htmlDocument(title: string, body: SafeHtml): string {
  const head = html`<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${securityPolicy}"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>${title}</title>${styleElement(styleSheet)}</head>`;
  return `<!doctype html>\n${toText(html`<html lang="en">${head}<body>${body}</body></html>`)}\n`;
}
