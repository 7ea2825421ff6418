import { createAsciiTerms } from './ascii-terms.ts';
import { porterStem } from './porter-stem.ts';

/** A word of a text, where it stands, and what it is compared by. */
export interface Word {
  start: number;
  end: number;
  terms: readonly string[];
}

const longestTerm = 48;
const mostPartsOfName = 6;
/** A run of letters, digits and underscores, or several with hyphens between: a word, or a name out of code. */
const runs = /[\p{L}\p{N}\p{M}_]+(?:-[\p{L}\p{N}\p{M}_]+)*/gu;
const asciiRuns = /[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*/g;
/** Scripts that put no space between words. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;
// What no text is written in but ASCII is looked through three times as fast.
// oxlint-disable-next-line no-control-regex
const ascii = /^[\x00-\x7f]*$/;

/** Yields the words of a text, those inside names out of code (`retryAfterMs`, `index_lag`) too. */
export function* wordsOf(text: string): Generator<Word> {
  for (const match of text.matchAll(ascii.test(text) ? asciiRuns : runs)) {
    yield { start: match.index, end: match.index + match[0].length, terms: termsOfRun(match[0]) };
  }
}

/** Returns the terms of a text, in order, as the index compares them. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  // Splitting costs a fifth of matching, and an index is made of little else.
  for (const run of text.split(ascii.test(text) ? betweenAscii : between)) {
    if (run === '') continue;
    const known = ofRuns.get(run) ?? termsOfRun(run);
    for (const term of known) terms.push(term);
  }
  return terms;
}

/** How often a word of a text is told to the index: more often says hardly more (bm25), and is a fifth of all words. */
const mostTimes = 4;

/** Returns the terms of a text in one text, with spaces between, none of its words more than a few times. */
export function termsTextOf(text: string): string {
  if (ascii.test(text)) return asciiTermsText(text);
  const times = new Map<string, number>();
  const terms: string[] = [];
  for (const run of text.split(between)) {
    const count = (times.get(run) ?? 0) + 1;
    times.set(run, count);
    if (run !== '' && count <= mostTimes) terms.push(...termsOfRun(run));
  }
  return terms.join(' ');
}

const asciiTermsText = createAsciiTerms((run) => termsOfRun(run).join(' '), mostTimes);

const between = /[^\p{L}\p{N}\p{M}_-]+/u;
const betweenAscii = /[^A-Za-z0-9_-]+/;
const ofRuns = new Map<string, readonly string[]>();
const mostRuns = 50_000;

function termsOfRun(run: string): readonly string[] {
  const known = ofRuns.get(run);
  if (known !== undefined) return known;
  const terms = makeTerms(run);
  if (ofRuns.size >= mostRuns) ofRuns.clear();
  if (run.length <= longestTerm) ofRuns.set(run, terms);
  return terms;
}

/** A name is found whole and by each of its words. */
function makeTerms(run: string): string[] {
  // Most are nothing but letters, the first of them large at most, or digits.
  if (/^(?:[A-Za-z][a-z]*|[0-9]+)$/.test(run))
    return [porterStem(run.toLowerCase().slice(0, longestTerm))];
  if (unspaced.test(run)) return pairsOf(run);
  const parts = splitName(run);
  const isName = parts.length > 1 && parts.length <= mostPartsOfName;
  const whole = isName ? [run.replace(/[_-]/g, '')] : [];
  return [...whole, ...parts].map(toTerm).filter((term) => term !== '');
}

function splitName(run: string): string[] {
  return run
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, '_')
    .split(/[_-]/)
    .filter((part) => part !== '');
}

function toTerm(word: string): string {
  const folded = word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  return porterStem(folded.slice(0, longestTerm));
}

/** Two characters at a time, as is usual where nothing tells where a word ends. */
function pairsOf(run: string): string[] {
  const characters = Array.from(run.normalize('NFKC').toLowerCase());
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}
