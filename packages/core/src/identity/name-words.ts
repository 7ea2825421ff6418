/** Letters that have no form without their mark in Unicode. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};
/** How some write letters whose marks they cannot type. */
const spelledOut: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  å: 'aa',
  ø: 'oe',
};
const shortestHandle = 4;
/** What many have before the `@`, whoever they are. */
const sharedHandles: ReadonlySet<string> = new Set(
  'admin build contact devops hello help info mail noreply office root sales security support team test user'.split(
    ' ',
  ),
);

/** Returns a name without surrounding and doubled space, in lower case; null where nothing is left. */
export function sameNameKey(name: string | null): string | null {
  const text = (name ?? '').trim().replace(/\s+/gu, ' ').toLowerCase();
  return text.length < shortestHandle ? null : text;
}

/**
 * Returns the keys that two spellings of a full name share: without accents and punctuation, whatever
 * the order of its words, without initials and what stands in brackets. One word is no full name.
 */
export function similarNameKeys(name: string | null): string[] {
  return spellings(name).flatMap((words) => {
    const whole = words.filter((word) => Array.from(word).length > 1);
    return whole.length < 2 ? [] : [whole.toSorted().join(' ')];
  });
}

/** Returns the logins that somebody of that name may have chosen: `adahill`, `hillada`, `ahill`, `adah`. */
export function handlesOfName(name: string | null): string[] {
  return spellings(name).flatMap((words) => {
    const whole = words.filter((word) => Array.from(word).length > 1);
    const [first, last] = [whole[0], whole.at(-1)];
    if (first === undefined || last === undefined || whole.length < 2) return [];
    const made = [first + last, last + first, initial(first) + last, first + initial(last)];
    return made.filter((handle) => handle.length >= shortestHandle);
  });
}

/** Returns a login or the part of an address before the `@` without its separators; null for a shared one. */
export function handleOf(text: string | null): string | null {
  const handle = plain((text ?? '').toLowerCase()).replace(/[._-]/gu, '');
  return handle.length < shortestHandle || sharedHandles.has(handle) ? null : handle;
}

function initial(word: string): string {
  return Array.from(word)[0] ?? '';
}

/** The words of a name, first name first, once plain and once with what some write for an umlaut. */
function spellings(name: string | null): string[][] {
  const text = (name ?? '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/gu, ' ');
  const [family = '', given, ...rest] = text.split(',');
  const inOrder = given === undefined || rest.length > 0 ? text : `${given} ${family}`;
  const transcribed = inOrder.replace(/[äöüåø]/gu, (letter) => spelledOut[letter] ?? letter);
  return [...new Set([inOrder, transcribed])].map(
    (spelling) => plain(spelling.replace(/['’]/gu, '')).match(/[\p{L}\p{N}]+/gu) ?? [],
  );
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðłþı]/gu, (letter) => plainLetters[letter] ?? letter);
}
