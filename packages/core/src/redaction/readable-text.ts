import { type ReadPiece, readPieceAt } from './escapes.ts';

/** Places of a text. */
export interface Seams {
  readonly has: (index: number) => boolean;
}

/** A text as a machine or a reader takes it, with the place of each character in what was written. */
export interface ReadableText {
  readonly text: string;
  /** Where in the readable text something was left out: what stands there may begin there. */
  readonly seams: Seams;
  /** Returns where what stands from `start` to `end` was written. */
  readonly written: (
    start: number,
    end: number,
  ) => { readonly start: number; readonly end: number };
}

// Most texts hold nothing of it, and the first question is the cheapest.
// oxlint-disable-next-line no-control-regex
const anySign = /[^\x09\x0a\x0d\x20-\x24\x27-\x3b\x3d-\x5b\x5d\x5f-\x7e]/;
const anyPiece =
  // oxlint-disable-next-line no-control-regex
  /[^\x09\x0a\x0d\x20-\x7e]|\\(?:[uUx][0-9a-fA-F{]|[01][0-7]{2}|[_\-.~+/=:@*]|\r?\n)|\^\r?\n|%[0-9a-fA-F]{2}|&(?:amp;)?(?:#|[A-Za-z]{2,16};)|<wbr/;

/** 1 where a piece may begin: `%`, `&`, `<`, `^`, a backslash, and what is not ASCII or a control. */
const mayBegin = Uint8Array.from({ length: 128 }, (_, code) => {
  const plain = code === 9 || code === 10 || code === 13 || (code >= 32 && code < 127);
  return !plain || '%&<\\^'.includes(String.fromCharCode(code)) ? 1 : 0;
});

/**
 * Returns a text without what is not seen and with its escapes resolved; null where that is the text
 * itself. Takes time linear in the text: one pass of bounded steps.
 */
export function readableText(written: string): ReadableText | null {
  if (!anySign.test(written) || !anyPiece.test(written)) return null;
  const build = new ReadableBuild(written.length);
  const piece: ReadPiece = { read: '', end: 0 };
  let edited = false;
  let index = 0;
  while (index < written.length) {
    const code = written.charCodeAt(index);
    if (code < 128 && mayBegin[code] === 0) {
      build.add(code, index, index + 1);
      index += 1;
    } else if (readPieceAt(written, index, code, piece)) {
      edited = true;
      build.addPiece(piece.read, index, piece.end);
      index = piece.end;
    } else {
      const end = Math.max(index + 1, piece.end);
      for (; index < end; index += 1) build.add(written.charCodeAt(index), index, index + 1);
    }
  }
  return edited ? build.finish() : null;
}

/** What was read, character by character, each with where it was written. Never longer than that. */
class ReadableBuild {
  readonly #codes: Uint16Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #seams: Uint8Array;
  #length = 0;
  #highest = 0;

  constructor(most: number) {
    this.#codes = new Uint16Array(most);
    this.#starts = new Uint32Array(most);
    this.#ends = new Uint32Array(most);
    this.#seams = new Uint8Array(most + 1);
  }

  add(code: number, start: number, end: number): void {
    this.#codes[this.#length] = code;
    this.#starts[this.#length] = start;
    this.#ends[this.#length] = end;
    this.#highest |= code;
    this.#length += 1;
  }

  addPiece(read: string, start: number, end: number): void {
    if (read === '') this.#seams[this.#length] = 1;
    for (let index = 0; index < read.length; index += 1) {
      this.add(read.charCodeAt(index), start, end);
    }
  }

  finish(): ReadableText {
    const codes = this.#codes.subarray(0, this.#length);
    // A text of one byte for each character is what patterns are quickest on.
    const text =
      this.#highest < 256
        ? Buffer.from(codes).toString('latin1')
        : Buffer.from(codes.buffer, 0, codes.byteLength).toString('utf16le');
    return {
      text,
      seams: { has: (index) => this.#seams[index] === 1 },
      written: (start, end) => ({
        start: this.#starts[start] ?? 0,
        end: this.#ends[end - 1] ?? 0,
      }),
    };
  }
}
