import { isHidden } from '../hidden-characters.ts';

/** What a piece of a text is read as, and where it ends. */
export interface ReadPiece {
  read: string;
  end: number;
}

/**
 * Reads the piece that begins at an index: an escape of a string (`\u005f`, `\x5f`, `\u{5f}`,
 * `\U0000005f`, `\137`), however often it was escaped again; of a URL (`%5F`, `%255F`); of HTML
 * (`&#95;`, `&#x5f;`, `&lowbar;`); of Markdown (`\_`); a place where a line may break, or goes on behind a shell's
 * sign; a colour of a terminal; anything beyond ASCII. Returns false where it stands for itself; `end` then says how far that is known.
 */
export function readPieceAt(text: string, index: number, code: number, piece: ReadPiece): boolean {
  piece.end = index + 1;
  if (code === 92) return readBackslash(text, index, piece);
  if (code === 37) return readPercent(text, index, piece);
  if (code === 38) return readEntity(text, index, piece);
  if (code === 60) return readBreak(text, index, piece);
  if (code === 94) return breaksLine(text, index + 1, piece);
  if (code === 27 && matched(colour, text, index) !== null) {
    return readTo(piece, colour.lastIndex, '');
  }
  const point = text.codePointAt(index) ?? code;
  piece.end = index + (point > 0xffff ? 2 : 1);
  return readAs(point, piece);
}

/** A character: itself if a key writes it, nothing if it is hidden; false if it is anything else. */
function readAs(point: number, piece: ReadPiece): boolean {
  const read = readPoint(point);
  if (read === null) return false;
  piece.read = read;
  return true;
}

// Blanks of another width, and those at which no line breaks.
const blanks = new Set([
  0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009,
  0x200a, 0x202f, 0x205f, 0x3000,
]);
const widthDifference = 0xfee0;

function readPoint(point: number): string | null {
  if (point > 0x10_ffff) return null;
  if (point === 9 || point === 10 || point === 13 || (point >= 32 && point < 127)) {
    return String.fromCharCode(point);
  }
  if (blanks.has(point)) return ' ';
  // The forms of another width, as East Asian keyboards give them.
  if (point >= 0xff01 && point <= 0xff5e) return String.fromCharCode(point - widthDifference);
  return isHiddenPoint(point) ? '' : null;
}

// 0 where nobody asked yet. Asking by property costs a hundred times what a look into a table does.
let hiddenPoints = new Uint8Array(0);

function isHiddenPoint(point: number): boolean {
  if (hiddenPoints.length === 0) hiddenPoints = new Uint8Array(0x11_0000);
  if (hiddenPoints[point] === 0) {
    hiddenPoints[point] = isHidden(String.fromCodePoint(point)) ? 1 : 2;
  }
  return hiddenPoints[point] === 1;
}

/** The value of a hexadecimal digit for each code, 16 where it is none. */
const hexValues = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 16 : value;
});

/** The number that so many hexadecimal digits say, or -1. */
function hexAt(text: string, index: number, digits: number): number {
  let value = 0;
  for (let at = index; at < index + digits; at += 1) {
    const digit = hexValues[text.charCodeAt(at)] ?? 16;
    if (digit === 16) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// The code of a terminal's colour, and of its other effects.
// oxlint-disable-next-line no-control-regex
const colour = /(\u001b)\[[\d;:?]{0,24}[A-Za-z]/y;

/** The sign before the end of a line by which a shell goes on with the next: both are no part of a word. */
function breaksLine(text: string, from: number, piece: ReadPiece): boolean {
  const isReturned = text.charCodeAt(from) === 13;
  const end = isReturned ? from + 1 : from;
  return text.charCodeAt(end) === 10 && readTo(piece, end + 1, '');
}

const markdown = new Set(Array.from('_-.~+/=:@*', (sign) => sign.charCodeAt(0)));
const lowHalf = /\\{1,8}u([dD][c-fC-F][0-9a-fA-F]{2})/y;
const braced = /\{0{0,8}([0-9a-fA-F]{1,6})\}/y;

function readBackslash(text: string, index: number, piece: ReadPiece): boolean {
  let last = index;
  while (text.charCodeAt(last + 1) === 92) last += 1;
  // Escaped again: all but the last are left out.
  if (last > index) return readTo(piece, last, '');
  const sign = text.charCodeAt(index + 1);
  if (sign === 117) return readUnit(text, index + 2, piece);
  if (sign === 120) return readHex(text, index + 2, 2, piece);
  if (sign === 85) return readHex(text, index + 2, 8, piece);
  if (sign === 48 || sign === 49) return readOctal(text, index + 1, piece);
  if (sign === 10 || sign === 13) return breaksLine(text, index + 1, piece);
  return markdown.has(sign) && readTo(piece, index + 1, '');
}

function readTo(piece: ReadPiece, end: number, read: string): boolean {
  piece.end = end;
  piece.read = read;
  return true;
}

function readHex(text: string, from: number, digits: number, piece: ReadPiece): boolean {
  const point = hexAt(text, from, digits);
  if (point === -1) return false;
  piece.end = from + digits;
  return readAs(point, piece);
}

function readUnit(text: string, from: number, piece: ReadPiece): boolean {
  const unit = hexAt(text, from, 4);
  if (unit === -1) {
    const point = matched(braced, text, from);
    if (point === null) return false;
    piece.end = braced.lastIndex;
    return readAs(Number.parseInt(point, 16), piece);
  }
  piece.end = from + 4;
  if (unit < 0xd800 || unit > 0xdbff) return readAs(unit, piece);
  const low = matched(lowHalf, text, from + 4);
  if (low === null) return readAs(unit, piece);
  piece.end = lowHalf.lastIndex;
  return readAs((unit - 0xd800) * 0x400 + (Number.parseInt(low, 16) - 0xdc00) + 0x1_0000, piece);
}

function matched(pattern: RegExp, text: string, from: number): string | null {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[1] ?? null;
}

const octal = /([01][0-7]{2})/y;

function readOctal(text: string, from: number, piece: ReadPiece): boolean {
  const digits = matched(octal, text, from);
  if (digits === null) return false;
  piece.end = from + 3;
  return readAs(Number.parseInt(digits, 8), piece);
}

const mostEscaped = 4;
const mostBytes = 4;

/** `%5F`, escaped again as `%255F`; two to four bytes beyond ASCII are one character or several. */
function readPercent(text: string, index: number, piece: ReadPiece): boolean {
  const byte = byteAt(text, index, piece);
  if (byte === -1) return false;
  if (byte < 128) return readAs(byte, piece);
  const bytes = [byte];
  let end = piece.end;
  while (bytes.length < mostBytes && text.charCodeAt(end) === 37) {
    const next = byteAt(text, end, piece);
    if (next < 128) break;
    bytes.push(next);
    end = piece.end;
  }
  piece.end = end;
  if (bytes.length === 1) return false;
  const read = Array.from(Buffer.from(bytes).toString('utf8'), (character) =>
    readPoint(character.codePointAt(0) ?? 0),
  );
  return !read.includes(null) && readTo(piece, end, read.join(''));
}

/** The byte that is written at a sign of percent, or -1; `end` is moved behind it. */
function byteAt(text: string, index: number, piece: ReadPiece): number {
  let from = index + 1;
  for (let again = 0; again < mostEscaped && text.startsWith('25', from); again += 1) {
    if (hexAt(text, from + 2, 2) === -1) break;
    from += 2;
  }
  const byte = hexAt(text, from, 2);
  if (byte !== -1) piece.end = from + 2;
  return byte;
}

const entity =
  /&(?:amp;){0,4}(?:#0{0,8}(\d{1,7})|#[xX]0{0,8}([0-9a-fA-F]{1,6})|([A-Za-z]{2,16})(?=;));?/y;

function readEntity(text: string, index: number, piece: ReadPiece): boolean {
  const next = text.charCodeAt(index + 1);
  // `#` or a letter.
  if (next !== 35 && ((next | 32) - 97) >>> 0 > 25) return false;
  entity.lastIndex = index;
  const match = entity.exec(text);
  if (match === null) return false;
  piece.end = entity.lastIndex;
  const [, decimal, hex, named] = match;
  if (decimal !== undefined) return readAs(Number.parseInt(decimal, 10), piece);
  if (hex !== undefined) return readAs(Number.parseInt(hex, 16), piece);
  const read = namedCharacters.get(named ?? '');
  return read !== undefined && readTo(piece, piece.end, read);
}

const lineBreak = /(<)wbr ?\/?>/y;

function readBreak(text: string, index: number, piece: ReadPiece): boolean {
  return (
    text.charCodeAt(index + 1) === 119 &&
    matched(lineBreak, text, index) !== null &&
    readTo(piece, lineBreak.lastIndex, '')
  );
}

const namedCharacters: ReadonlyMap<string, string> = new Map([
  ...Object.entries({
    lowbar: '_',
    UnderBar: '_',
    hyphen: '-',
    dash: '-',
    period: '.',
    colon: ':',
    equals: '=',
    commat: '@',
    sol: '/',
    plus: '+',
    dollar: '$',
    percnt: '%',
    num: '#',
    lpar: '(',
    rpar: ')',
    lbrack: '[',
    lsqb: '[',
    rbrack: ']',
    rsqb: ']',
    quot: '"',
    QUOT: '"',
    apos: "'",
    Tab: '\t',
    NewLine: '\n',
    nbsp: ' ',
  }),
  ...['shy', 'zwj', 'zwnj', 'ZeroWidthSpace', 'NoBreak', 'lrm', 'rlm', 'InvisibleTimes', 'ic'].map(
    (name): [string, string] => [name, ''],
  ),
]);
