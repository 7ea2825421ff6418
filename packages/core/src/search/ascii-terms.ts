/** Power of two: places for words that were met with lately. */
const slotCount = 1 << 16;
/** Places that are tried for one word before another one has to make room. */
const mostProbes = 4;
const arenaBytes = 1 << 21;
/** Longer runs are rare, and not worth remembering. */
const longestRun = 48;
const space = 32;

/** Which characters a run is made of, by their codes. */
const isOfRun = Uint8Array.from({ length: 256 }, (_, code) =>
  /[A-Za-z0-9_-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * Returns what turns a text of ASCII into its terms with spaces between, given what does so for one run,
 * each run at most so many times. Indexing does little else: here neither a string nor an entry of a map
 * is made for a word that was met with before, which takes less than half of the time.
 */
export function createAsciiTerms(
  termsOfRun: (run: string) => string,
  mostTimes: number,
): (text: string) => string {
  // For each place where its run begins in the arena, its terms right behind, and how long both are.
  const starts = new Int32Array(slotCount).fill(-1);
  const runLengths = new Uint8Array(slotCount);
  const termLengths = new Uint16Array(slotCount);
  // In which text it was met with last, and how many times there.
  const textNumbers = new Uint32Array(slotCount);
  const times = new Uint8Array(slotCount);
  let textNumber = 0;
  const arena = Buffer.allocUnsafe(arenaBytes);
  let used = 0;
  let input: Buffer = Buffer.alloc(0);
  let output: Buffer = Buffer.alloc(0);
  let written = 0;

  const isAt = (slot: number, from: number, length: number): boolean => {
    if (runLengths[slot] !== length) return false;
    const start = starts[slot] ?? 0;
    for (let at = 0; at < length; at += 1) {
      if (arena[start + at] !== input[from + at]) return false;
    }
    return true;
  };

  const reserve = (length: number): void => {
    if (written + length <= output.length) return;
    const larger = Buffer.allocUnsafe(2 * (written + length));
    output.copy(larger, 0, 0, written);
    output = larger;
  };

  /** Terms of ASCII are ASCII, so each character is a byte. */
  const write = (terms: string): void => {
    if (terms === '') return;
    reserve(terms.length + 1);
    if (written > 0) output[written++] = space;
    written += output.write(terms, written, 'latin1');
  };

  const isOneTooMany = (slot: number): boolean => {
    if (textNumbers[slot] !== textNumber) {
      textNumbers[slot] = textNumber;
      times[slot] = 0;
    }
    const count = (times[slot] ?? 0) + 1;
    times[slot] = Math.min(count, mostTimes);
    return count > mostTimes;
  };

  const remember = (slot: number, run: string, terms: string): void => {
    if (used + run.length + terms.length > arenaBytes) {
      starts.fill(-1);
      used = 0;
    }
    starts[slot] = used;
    runLengths[slot] = run.length;
    termLengths[slot] = terms.length;
    used += arena.write(run, used, 'latin1');
    used += arena.write(terms, used, 'latin1');
  };

  const addRun = (from: number, length: number, code: number): void => {
    const home = (Math.imul(code, 0x9e37_79b1) >>> 16) & (slotCount - 1);
    let slot = home;
    for (let probe = 0; probe < mostProbes; probe += 1) {
      slot = (home + probe) & (slotCount - 1);
      if (starts[slot] === -1) break;
      if (!isAt(slot, from, length)) continue;
      if (isOneTooMany(slot)) return;
      const start = (starts[slot] ?? 0) + length;
      const termLength = termLengths[slot] ?? 0;
      if (termLength === 0) return;
      reserve(termLength + 1);
      if (written > 0) output[written++] = space;
      for (let at = 0; at < termLength; at += 1) output[written + at] = arena[start + at] ?? 0;
      written += termLength;
      return;
    }
    const run = input.toString('latin1', from, from + length);
    const terms = termsOfRun(run);
    if (length <= longestRun) {
      remember(slot, run, terms);
      textNumbers[slot] = textNumber;
      times[slot] = 1;
    }
    write(terms);
  };

  return (text) => {
    if (text.length > input.length) input = Buffer.allocUnsafe(2 * text.length);
    const length = input.write(text, 0, 'latin1');
    written = 0;
    textNumber = (textNumber + 1) >>> 0;
    let start = -1;
    let code = 0;
    for (let at = 0; at < length; at += 1) {
      const character = input[at] ?? 0;
      if (isOfRun[character] === 1) {
        if (start === -1) {
          start = at;
          code = 0;
        }
        code = (Math.imul(code, 31) + character) | 0;
      } else if (start !== -1) {
        addRun(start, at - start, code);
        start = -1;
      }
    }
    if (start !== -1) addRun(start, length - start, code);
    return output.toString('latin1', 0, written);
  };
}
