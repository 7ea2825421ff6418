/**
 * Returns the stem of an English word in lower case, after M. F. Porter's "An algorithm for suffix
 * stripping" (1980), so that "deployments" is found by "deploying". Other words come back as they are.
 */
export function porterStem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = lastStep(fourthStep(thirdStep(secondStep(yToI(firstStep(word))))));
  if (stems.size >= mostStems) stems.clear();
  stems.set(word, stem);
  return stem;
}

/** Texts repeat their words: without this, stemming costs more than indexing. */
const stems = new Map<string, string>();
const mostStems = 50_000;

const consonant = '(?:[^aeiouy]|(?<![^aeiou])y|^y)';
const vowelIn = /[aeiou]|[^aeiou]y/;
const doubleConsonant = /([^aeiouy])\1$/;
const endsShort = new RegExp(`${consonant}[aeiouy][^aeiouwxy]$`);

/** How many times a run of vowels is followed by a run of consonants. */
function measure(stem: string): number {
  let count = 0;
  let inVowels = false;
  for (let at = 0; at < stem.length; at += 1) {
    const isVowel = isVowelAt(stem, at);
    if (inVowels && !isVowel) count += 1;
    inVowels = isVowel;
  }
  return count;
}

function isVowelAt(word: string, at: number): boolean {
  const letter = word.charAt(at);
  if ('aeiou'.includes(letter)) return true;
  return letter === 'y' && at > 0 && !isVowelAt(word, at - 1);
}

/** Plurals, -ed and -ing. */
function firstStep(word: string): string {
  let stem = word;
  if (stem.endsWith('sses') || stem.endsWith('ies')) stem = stem.slice(0, -2);
  else if (stem.endsWith('s') && !stem.endsWith('ss')) stem = stem.slice(0, -1);
  if (stem.endsWith('eed')) return measure(stem.slice(0, -3)) > 0 ? stem.slice(0, -1) : stem;
  const ending = /(?:ed|ing)$/.exec(stem)?.[0];
  if (ending === undefined) return stem;
  const rest = stem.slice(0, -ending.length);
  if (!vowelIn.test(rest)) return stem;
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (doubleConsonant.test(rest) && !/[lsz]$/.test(rest)) return rest.slice(0, -1);
  return measure(rest) === 1 && endsShort.test(rest) ? `${rest}e` : rest;
}

/** Only after a consonant, as in the author's later version: or "deploy" would not be "deployed". */
function yToI(word: string): string {
  const rest = word.slice(0, -1);
  return /[^aeiou]y$/.test(word) && vowelIn.test(rest) ? `${rest}i` : word;
}

const secondEndings: readonly (readonly [string, string])[] = [
  ['ational', 'ate'],
  ['ization', 'ize'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['entli', 'ent'],
  ['ousli', 'ous'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['abli', 'able'],
  ['alli', 'al'],
  ['ator', 'ate'],
  ['eli', 'e'],
];
const thirdEndings: readonly (readonly [string, string])[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];
const fourthEnding =
  /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|(?<=[st])ion|al|er|ic|ou)$/;

function secondStep(word: string): string {
  return replaceEnding(word, secondEndings);
}

function thirdStep(word: string): string {
  return replaceEnding(word, thirdEndings);
}

/** The longest ending counts, whether or not enough is left before it. */
function replaceEnding(word: string, endings: readonly (readonly [string, string])[]): string {
  for (const [ending, replacement] of endings) {
    if (!word.endsWith(ending)) continue;
    const rest = word.slice(0, -ending.length);
    return measure(rest) > 0 ? rest + replacement : word;
  }
  return word;
}

function fourthStep(word: string): string {
  const ending = fourthEnding.exec(word)?.[0];
  if (ending === undefined) return word;
  const rest = word.slice(0, -ending.length);
  return measure(rest) > 1 ? rest : word;
}

function lastStep(word: string): string {
  let stem = word;
  if (stem.endsWith('e')) {
    const rest = stem.slice(0, -1);
    const count = measure(rest);
    if (count > 1 || (count === 1 && !endsShort.test(rest))) stem = rest;
  }
  return stem.endsWith('ll') && measure(stem) > 1 ? stem.slice(0, -1) : stem;
}
