import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const comment = /<!--(?:-?>|[\s\S]*?(?:-->|$))/g;
const tag = /<(?:[!?]|\/?[a-z](?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^"'>])*)[^>]*(?:>|$)/gi;
const entities: Readonly<Record<string, string>> = { amp: '&', gt: '>', lt: '<', quot: '"' };

/** Returns the words that a page shows of a text, as another reader of GitHub's Markdown draws it. */
export function visibleText(text: string): string {
  const html = micromark(text, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return html
    .replaceAll(comment, '')
    .replaceAll(tag, '')
    .replaceAll(/&(amp|gt|lt|quot);/g, (_, name: string) => entities[name] ?? '')
    .replaceAll(/\s+/g, ' ');
}
