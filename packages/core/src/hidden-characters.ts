/**
 * What a reader does not see, sees as nothing, or sees elsewhere than it stands. This is the one place
 * that says so: every surface asks here, and does with it what it owes its readers.
 *
 * By property, so that no list has to be kept: controls, format characters, private use, lone surrogates,
 * whatever a renderer may leave out, and what is not assigned. A code point that a newer version of
 * Unicode assigns counts as hidden until the engine knows it, which is the safe mistake.
 */
const byProperty = '\\p{C}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}';

/** Assigned, no format character, and still drawn as nothing, or as a gap narrower or wider than a space. */
const byNumber = [
  '\\u{1680}', // Ogham space: a stroke or nothing, as the font has it
  '\\u{2000}-\\u{200A}', // spaces of other widths, one of them hardly any
  '\\u{205F}', // mathematical space
  '\\u{2800}', // Braille without dots
  '\\u{FFFC}', // stands for an object that is not there
  '\\u{1107F}', // joiner of Brahmi numbers
  '\\u{13441}\\u{13442}', // blanks of hieroglyphs
  '\\u{16FE4}', // filler of Khitan
  '\\u{1D159}', // note head without a form
].join('');

const hiddenClass = `[${byProperty}${byNumber}]`;

/**
 * Letters of Arabic script that join to the next one. Only after one of them does a non-joiner change what
 * is seen: after a letter such as alef or reh it would stand unseen.
 */
const joinsOn =
  '[\\u{0626}\\u{0628}\\u{062A}-\\u{062E}\\u{0633}-\\u{063A}\\u{0641}-\\u{0647}\\u{0649}\\u{064A}\\u{0679}-\\u{0687}\\u{06A9}\\u{06AF}\\u{06BA}\\u{06BE}\\u{06C1}\\u{06CC}]';

/** Vowel signs of Arabic, which stand between two letters that join. */
const arabicMark = '[\\u{064B}-\\u{0652}\\u{0670}]';

/**
 * Scripts that write a sign for "no vowel"; after one of them a joiner chooses between two forms
 * (RFC 5892, A.1, A.2), for letters of the same script alone.
 */
const viramas: Readonly<Record<string, string>> = {
  Devanagari: '094D',
  Bengali: '09CD',
  Gurmukhi: '0A4D',
  Gujarati: '0ACD',
  Oriya: '0B4D',
  Tamil: '0BCD',
  Telugu: '0C4D',
  Kannada: '0CCD',
  Malayalam: '0D4D',
  Sinhala: '0DCA',
};

/** A dot that makes another letter of the one before it. */
const nukta = '[\\u{093C}\\u{09BC}\\u{0A3C}\\u{0ABC}\\u{0B3C}\\u{0C3C}\\u{0CBC}]';

const afterViramas = Object.entries(viramas).map(
  ([script, virama]) =>
    `(?<=[\\p{L}&&\\p{Script=${script}}]${nukta}?\\u{${virama}})[\\u{200C}\\u{200D}](?=[\\p{L}&&\\p{Script=${script}}])`,
);

/**
 * Two spellings that have the joiner elsewhere: in Bengali before the sign for "no vowel", where it keeps
 * the form of ra; in Malayalam behind it, where it makes a letter that ends a word.
 */
const joinedOtherwise = [
  '(?<=\\u{09B0})\\u{200D}(?=\\u{09CD}[\\p{L}&&\\p{Script=Bengali}])',
  '(?<=[\\u{0D15}\\u{0D23}\\u{0D28}\\u{0D30}\\u{0D32}\\u{0D33}]\\u{0D4D})\\u{200D}(?![\\u{200C}\\u{200D}])',
];

/**
 * Where such a character is part of what is seen: in an emoji as Unicode recommends it, after a symbol
 * that has a form as text, and as one joiner where letters change their form by it. Never more than one
 * in a place.
 */
const visible = [
  '(?=\\p{Emoji})\\p{RGI_Emoji}',
  '(?![0-9#*])\\p{Emoji}\\u{FE0E}',
  `(?<=${joinsOn}${arabicMark}{0,2})\\u{200C}(?=[\\p{L}&&\\p{Script=Arabic}])`,
  ...afterViramas,
  ...joinedOtherwise,
].join('|');

/** Most texts have none, and this is the cheaper question. */
const plain = /^[\n\t -~]*$/;
const anyHidden = new RegExp(hiddenClass, 'u');

/** Compiled when a text first needs it: the sequences of emoji take longer than the rest of a start. */
function visibleOrHidden(): RegExp {
  compiled ??= new RegExp(`(?:${visible})|(${hiddenClass})`, 'gv');
  return compiled;
}
let compiled: RegExp | undefined;

/**
 * Returns whether a text holds a code point that, standing alone, shows nothing or acts; a line end and
 * a tab do. For names and addresses, which need no emoji.
 */
export function isHidden(text: string): boolean {
  return anyHidden.test(text);
}

/**
 * Returns a text with every hidden character replaced. Line ends and tabs are hidden too: whoever keeps
 * them returns them.
 */
export function replaceHidden(text: string, replacement: (character: string) => string): string {
  if (plain.test(text) && !/[\n\t]/.test(text)) return text;
  if (!anyHidden.test(text)) return text;
  return text.replace(visibleOrHidden(), (match, hidden: string | undefined) =>
    hidden === undefined ? match : replacement(hidden),
  );
}

/** Returns the hidden characters of a text, line ends and tabs aside, in their order. */
export function hiddenIn(text: string): string[] {
  const found: string[] = [];
  replaceHidden(text.replaceAll('\r\n', '\n'), (character) => {
    if (character !== '\n' && character !== '\t') found.push(character);
    return '';
  });
  return found;
}

/** A mark beyond three on one letter: it would be painted over the lines around it. */
export const stackedMark = /(?<=\p{M}{3})\p{M}/u;

/** Returns a text with every mark replaced that would be painted over the lines around it. */
export function replaceStacked(text: string, replacement: (mark: string) => string): string {
  return plain.test(text) ? text : text.replaceAll(everyStackedMark, replacement);
}

const everyStackedMark = new RegExp(stackedMark, 'gu');

/**
 * Returns JSON with every hidden character written as its escape: the same value to a program, and by its
 * number to whoever reads the text itself. Line ends and tabs stand only between the parts of JSON.
 */
export function visibleJson(json: string): string {
  if (plain.test(json)) return json;
  // Line by line: a line end counts as hidden, and looking closely at a whole document costs.
  const lines = json
    .split('\n')
    .map((line) =>
      replaceHidden(line, (character) =>
        character === '\t' ? character : character.replaceAll(/[^]/g, escapeOf),
      ),
    );
  return lines.join('\n');
}

function escapeOf(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Returns the number of a character as Unicode writes it: `U+200B`. */
export function numberOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const mostNamed = 5;

/** Returns in words which hidden characters texts hold; null where they hold none. */
export function hiddenWords(texts: readonly string[]): string | null {
  const found = texts.flatMap(hiddenIn);
  if (found.length === 0) return null;
  const numbers = [...new Set(found.map(numberOf))];
  const rest = numbers.length - mostNamed;
  const named = `${numbers.slice(0, mostNamed).join(', ')}${rest > 0 ? ` and ${rest} others` : ''}`;
  const count = found.length === 1 ? '1 character' : `${found.length} characters`;
  return `it holds ${count} that cannot be seen: ${named}`;
}
