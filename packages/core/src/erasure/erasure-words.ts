const wordForm = /[\p{L}\p{N}\p{M}_-]+/gu;
const tokenForm = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.%+@-]*/gu;
/** Between two words of one name. */
const gapForm = /^[\s.,+'’]{1,3}$/u;

/** Returns a text in the form in which it is compared. */
export function comparable(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Returns the words of a name in the form in which they are compared. */
export function wordsOfName(name: string): string[] {
  return (name.normalize('NFC').match(wordForm) ?? []).map((word) => word.toLowerCase());
}

export function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text);
}

/**
 * Returns the text with what somebody is known by replaced: addresses and the like as a whole, then names
 * word by word, the longest first. What is asked for is in the form in which it is compared.
 */
export function replaceKnown(
  text: string,
  mostWords: number,
  standInOf: (known: string) => string | null,
): string {
  const withoutTokens = text.replaceAll(tokenForm, (token) => {
    if (!/[.%+@]/.test(token)) return token;
    const bare = token.replace(/[.%+@-]+$/, '');
    const standIn = standInOf(comparable(bare));
    return standIn === null ? token : standIn + token.slice(bare.length);
  });
  return replaceNames(withoutTokens, mostWords, standInOf);
}

function replaceNames(
  text: string,
  mostWords: number,
  standInOf: (known: string) => string | null,
): string {
  const words = [...text.matchAll(wordForm)].map(({ 0: word, index }) => ({
    word: comparable(word),
    from: index,
    to: index + word.length,
  }));
  let result = '';
  let copied = 0;
  for (let at = 0; at < words.length; ) {
    const found = longestName(text, words, at, mostWords, standInOf);
    if (found === null) {
      at += 1;
      continue;
    }
    const { from } = words[at] ?? { from: copied };
    result += text.slice(copied, from) + found.standIn;
    copied = words[at + found.count - 1]?.to ?? copied;
    at += found.count;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

function longestName(
  text: string,
  words: readonly { word: string; from: number; to: number }[],
  at: number,
  mostWords: number,
  standInOf: (known: string) => string | null,
): { count: number; standIn: string } | null {
  const phrases: string[] = [];
  for (let count = 1; count <= mostWords; count += 1) {
    const word = words[at + count - 1];
    const before = words[at + count - 2];
    if (word === undefined) break;
    if (count > 1 && !gapForm.test(text.slice(before?.to, word.from))) break;
    phrases.push(count === 1 ? word.word : `${phrases.at(-1)} ${word.word}`);
  }
  for (let count = phrases.length; count > 0; count -= 1) {
    const standIn = standInOf(phrases[count - 1] ?? '');
    if (standIn !== null) return { count, standIn };
  }
  return null;
}
