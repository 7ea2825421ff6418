const alphabets = {
  hex: '0123456789abcdef',
  lower: 'abcdefghijklmnopqrstuvwxyz0123456789',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  word: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  digit: '0123456789',
} as const;

type Alphabet = keyof typeof alphabets;
type Seeded = Readonly<Record<Alphabet, (length: number) => string>>;

/** Returns makers of characters that look random and are the same in each run. */
export function seeded(seed: number): Seeded {
  let state = seed;
  const next = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const maker =
    (alphabet: Alphabet) =>
    (length: number): string => {
      const signs = alphabets[alphabet];
      // A digit ends it, so that no sign of a sentence is taken for a part of it.
      const body = Array.from({ length: Math.max(0, length - 1) }, () => signs[next(signs.length)]);
      return `${body.join('')}${length === 0 ? '' : String(2 + next(8))}`;
    };
  return {
    hex: maker('hex'),
    lower: maker('lower'),
    upper: maker('upper'),
    word: maker('word'),
    url: maker('url'),
    base64: maker('base64'),
    digit: maker('digit'),
  };
}
