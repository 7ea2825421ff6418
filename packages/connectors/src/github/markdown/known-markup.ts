import { neutralText } from '../../writing/neutral-text.ts';

/**
 * What is drawn of a tag beside the text in it: nothing for these, which GitHub keeps or whose loss
 * nobody sees. A tag that is not here is left out with its name, and some of them with all that is in
 * them, so a list of what is known errs on the safe side.
 */
const known = new Set(
  (
    'a abbr b bdo big blockquote br caption center cite code dd del details dfn div dl dt em figcaption ' +
    'figure font h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p picture pre q rt ruby s samp ' +
    'small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var ' +
    'video wbr'
  ).split(' '),
);

/** Colours that are read on a bright page and on a dark one. */
export const vividColours = new Set(
  'blue brown cyan green magenta maroon navy orange pink purple red teal violet'.split(' '),
);

const size = /^[\d.]{1,8}(?:%|px|em|rem)?$/;
const side = /^(?:left|right|center|middle|top|bottom|baseline|justify|all|both)$/i;
const flag = /^(?:true|false)?$/i;

/** Attributes that say how something is drawn, and the values of them that can be nothing else. */
const harmless: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(['align', 'clear', 'valign'].map((name) => [name, side])),
  ...Object.fromEntries(
    'border cellpadding cellspacing colspan height hspace rowspan size start value vspace width'
      .split(' ')
      .map((name) => [name, size]),
  ),
  ...Object.fromEntries(
    'autoplay checked controls disabled loop muted nowrap open reversed'
      .split(' ')
      .map((name) => [name, flag]),
  ),
  datetime: /^[\d:.TZ+ -]{1,40}$/,
  decoding: /^(?:async|auto|sync)$/i,
  dir: /^(?:auto|ltr)$/i,
  lang: /^[a-z]{2}(?:-[A-Z]{2})?$/,
  loading: /^(?:eager|lazy)$/i,
  media: /^\((?:prefers-color-scheme: ?(?:dark|light)|m(?:ax|in)-width: ?\d{1,5}px)\)$/i,
  rel: /^(?:no(?:opener|referrer|follow) ?){1,3}$/i,
  target: /^_(?:blank|parent|self|top)$/i,
  type: /^(?:[1aAiI]|checkbox|image\/[a-z+]{3,8}|video\/[a-z\d]{3,5})$/,
};

const addresses = new Set(['cite', 'href', 'poster', 'src']);
const spoken = /^(?:alt|aria-[a-z]+|id|name|title)$/;

/** What a tag holds that is not drawn. */
export interface UndrawnOfTag {
  unshown: string[];
  /** Set where words in it are shown to a pointer alone, or read aloud. */
  hasSpokenWords: boolean;
}

/** Returns what a tag holds that is not drawn. */
export function undrawnOfTag(tag: {
  name: string;
  isClosing: boolean;
  attributes: readonly [name: string, value: string][];
}): UndrawnOfTag {
  const seen = new Set<string>();
  const odd = tag.attributes.flatMap(([name, value]) => {
    // The first of two alike is the one that counts.
    const isLost = tag.isClosing || seen.has(name) || !isDrawn(name, value);
    seen.add(name);
    return isLost ? [name] : [];
  });
  const untold = tag.attributes.flatMap(([name, value]) =>
    addresses.has(name) ? undrawnOfAddress(value) : [],
  );
  return {
    unshown: [
      ...(known.has(tag.name) ? [] : [`the tag ${neutralText(tag.name, 40)}`]),
      ...odd.slice(0, 3).map((name) => `the attribute ${neutralText(name, 40)}`),
      ...untold,
    ],
    hasSpokenWords: tag.attributes.some(
      ([name, value]) => spoken.test(name) && value.trim() !== '',
    ),
  };
}

function isDrawn(name: string, value: string): boolean {
  if (addresses.has(name) || spoken.test(name)) return true;
  if (name === 'color')
    return vividColours.has(value.toLowerCase()) || /^#[\da-f]{6}$/i.test(value);
  if (name === 'srcset')
    return value.split(',').every((one) => /^\s*\S+(?:\s+[\d.]+[wx])?\s*$/.test(one));
  const form = Object.hasOwn(harmless, name) ? harmless[name] : undefined;
  return form?.test(value) === true || (form === flag && value.toLowerCase() === name);
}

/** Returns why an address holds words: one that leads somewhere has no blanks in it. */
export function undrawnOfAddress(address: string): string[] {
  const trimmed = address.trim();
  if (/\s/.test(trimmed)) return ['words in an address'];
  const scheme = /^([a-z][a-z\d+.-]{0,30}):/i.exec(trimmed)?.[1]?.toLowerCase();
  return scheme === undefined || /^(?:https?|mailto)$/.test(scheme) || /^[\w.-]+:\d/.test(trimmed)
    ? []
    : [`an address of the kind ${neutralText(scheme, 20)}`];
}
