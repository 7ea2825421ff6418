import { neutralText } from '../../writing/neutral-text.ts';

/** Words that GitHub draws nothing of, which a program that reads the text reads all the same. */
const unshown: readonly [form: RegExp, what: string][] = [
  [/<!--/, 'a comment'],
  [/<[?!](?!--)/, 'markup that is no text'],
  [/^ {0,3}\[(?!\^)[^\]\n]+\]:/m, 'the definition of a link'],
];

/** What is drawn otherwise than it stands, and is as often meant well. */
const otherwise: readonly [form: RegExp, what: string][] = [
  [/<details\b(?![^>]*\bopen\b)/i, 'a part of it is folded until it is opened'],
  [
    /!\[[^\]\n]{0,500}\](?:\(|\[)|<(?:img|picture|video)\b/i,
    'it shows a picture, whose address learns who looks',
  ],
  [
    /\]\(\s*[^\s)]*\s+["'(]|<[a-z][^>]*\s(?:title|alt|hidden|data-[\w-]+|aria-[\w-]+)\b/i,
    'it holds words that are shown to a pointer alone, or to nobody',
  ],
  [
    /^ {0,3}(?:`{3,}|~{3,})[^\S\n]*[^\s`]+[^\S\n]+\S/m,
    'words stand behind the language of a block of code, where they are not shown',
  ],
];

const link = /(?<!!)\[([^\]\n]{1,500})\]\(\s*<?([^\s)>]{1,2000})/g;
const looksLikeAddress = /^(?:https?:\/\/|www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#:]\S*)?$/i;

/** Returns why a text holds what GitHub does not show, or shows as something else than it is. */
export function notShown(text: string): string[] {
  const kinds = unshown.filter(([form]) => form.test(text)).map(([, what]) => what);
  const hidden =
    kinds.length === 0 ? [] : [`it holds text that GitHub does not show: ${kinds.join(', ')}`];
  const lures = [...text.matchAll(link)].flatMap(([, shown = '', address = '']) =>
    looksLikeAddress.test(shown.trim()) && hostOf(shown.trim()) !== hostOf(address)
      ? [`it shows ${neutralText(shown, 80)} and leads to ${neutralText(address, 120)}`]
      : [],
  );
  return [...hidden, ...lures.slice(0, 3)];
}

/** Returns what else GitHub draws otherwise than it stands, for whoever reads it as it stands. */
export function shownOtherwise(text: string): string[] {
  return [
    ...otherwise.filter(([form]) => form.test(text)).map(([, what]) => what),
    ...(hasOpenFence(text) ? ['a block of code in it is never closed'] : []),
  ];
}

function hostOf(address: string): string {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
  return url === null ? '' : url.host.replace(/^www\./, '');
}

/** A fence is closed by a line of at least as many of the same sign and nothing else. */
function hasOpenFence(text: string): boolean {
  let open: string | null = null;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, signs = '', rest = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (signs === '') continue;
    if (open === null) open = signs;
    else if (signs.startsWith(open) && rest.trim() === '') open = null;
  }
  return open !== null;
}
