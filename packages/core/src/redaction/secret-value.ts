import { isDigit, isLetter } from './characters.ts';

const placeholderStart =
  /^(?:your|the[-_]|some|insert|enter|replace|change[-_]?(?:me|it|this)|put[-_]|add[-_]|dummy|fake|sample|example|placeholder|todo|tbd|redacted|hidden|masked|removed|omitted|n\/a|null|nil|none|undefined|true|false|empty|unset|required|optional|string|str\b|bool|number|int\b|bytes|void|any\b|unknown|type|value|see[-_]|from[-_]|set[-_]|process\.|import\.meta|os\.|env[.[(:]|getenv|System\.|Environment|config[.[(]|secrets?[.[(:/]|vault[.:(/]|ssm:|sops|op:\/\/|arn:|kms:|aws-sm|gcp-sm|azure-kv|keyring|keychain|file:|data\.|var\.|local\.|module\.|self\.|this\.|ctx\.|req\.|await\b|new\b|function\b|lambda\b|async\b|@|\*)/i;
const reference =
  /\$\{|\$\(|\{\{|\}\}|<%|%[A-Z_]{3,40}%|\[(?:secret|redacted|masked|hidden|filtered|token|password|e-mail|phone)/i;
const variable = /^\$[A-Za-z_]\w{0,60}$|^\$env:|^%\(|^#\{|^~|^\{|^\[|^<|^\(|^\|/i;
const filler = /[xX]{4}|\*{3}|\.{3}|…|•{2}|#{4}|_{4}|-{4}|\?{3}/;
const commonDefaults = new Set(
  'admin administrator changeit default demo foobar guest hunter localhost mysql oracle pass passwd password postgres postgresql public qwerty root secret sample string token test tester testing user username value bearer basic false true null none'.split(
    ' ',
  ),
);

/** Returns true for what stands in place of a secret: a variable, a reference, a filler. */
export function isPlaceholder(value: string): boolean {
  if (
    value === '' ||
    '[<{'.includes(value.charAt(0)) ||
    variable.test(value) ||
    reference.test(value)
  )
    return true;
  if (filler.test(value.slice(0, 256)) || placeholderStart.test(value)) return true;
  return isOneCharacter(value) || commonDefaults.has(value.toLowerCase());
}

function isOneCharacter(value: string): boolean {
  for (let index = 1; index < value.length; index += 1) {
    if (value[index] !== value[0]) return false;
  }
  return true;
}

/** What a value consists of; counted over its first 256 characters. */
export interface ValueShape {
  readonly length: number;
  readonly digits: number;
  readonly upper: number;
  readonly lower: number;
  readonly other: number;
  readonly distinct: number;
  /** How often the kind of character changes: lower, upper, digit. */
  readonly changes: number;
}

/** Returns what a value consists of. */
export function shapeOf(value: string): ValueShape {
  const length = Math.min(value.length, 256);
  // Which characters occurred, as bits: 128 of them, others folded in.
  const seen: [number, number, number, number] = [0, 0, 0, 0];
  let [digits, upper, lower, other, changes] = [0, 0, 0, 0, 0];
  let before = -1;
  for (let index = 0; index < length; index += 1) {
    const code = value.charCodeAt(index);
    const word = ((code >> 5) & 3) as 0 | 1 | 2 | 3;
    seen[word] |= 1 << (code & 31);
    const kind = isDigit(code) ? 0 : isLetter(code) ? (code < 97 ? 1 : 2) : 3;
    if (kind === 0) digits += 1;
    else if (kind === 1) upper += 1;
    else if (kind === 2) lower += 1;
    else other += 1;
    if (kind !== before && before !== -1) changes += 1;
    before = kind;
  }
  const distinct = bitsIn(seen[0]) + bitsIn(seen[1]) + bitsIn(seen[2]) + bitsIn(seen[3]);
  return { length, digits, upper, lower, other, distinct, changes };
}

function bitsIn(bits: number): number {
  // Sums of pairs, of fours, of eights, and of all.
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const hexadecimal = /^(?:[0-9a-f]{16,256}|[0-9A-F]{16,256})$/;
const encoded = /^[\w+/=.~%:-]{16,256}$/;

/** Returns true for what no person would have typed: long, of many characters, of mixed kinds. */
export function looksRandom(value: string, shortest = 16): boolean {
  const head = value.slice(0, 256);
  const shape = shapeOf(head);
  if (shape.length < shortest) return false;
  if (hexadecimal.test(head)) return shape.distinct >= 6 && shape.digits > 0;
  if (!encoded.test(head.padEnd(16, '0')) || isWordList(head)) return false;
  const letters = shape.upper + shape.lower;
  if (shape.digits === 0) return shape.upper >= 4 && shape.lower >= 4 && shape.changes >= 6;
  if (letters < 4 || shape.distinct < 8) return false;
  return shape.changes * 5 >= shape.length || shape.digits >= 4;
}

/** Returns true for words and numbers that are joined: a name of a resource, a path, a member. */
export function isWordList(value: string): boolean {
  if (value.length > 80 || !/[A-Za-z]{2}/.test(value)) return false;
  const parts = value.split(/[-_./:]/);
  return parts.every(isWordOrNumber) && parts.some((part) => /[A-Za-z]{2}/.test(part));
}

const wordOrNumber =
  /^(?:[A-Z]?[a-z]{0,24}\d{0,2}|[A-Z]{1,24}\d{0,2}|\d{0,8}|[a-z]{1,16}(?:[A-Z][a-z]{1,16}){1,5}\d?|(?:[A-Z][a-z]{1,16}){2,5}\d?)$/;

function isWordOrNumber(part: string): boolean {
  return wordOrNumber.test(part);
}

const version = /^v?\d{1,4}(?:\.\d{1,5}){1,3}(?:[-+][\w.]{1,20})?$/;
const dateOrTime = /^\d{4}-\d\d-\d\d(?:[T ][\d:.]{4,16}Z?)?$|^\d{1,2}:\d\d/;
const location = /^(?:\.{0,2}\/[\w.@-]{1,60}(?:\/|$)|[a-z][a-z0-9+.-]{1,20}:\/\/|[A-Za-z]:\\|~\/)/;
const durationOrSize =
  /^\d{1,9}(?:\.\d{1,3})?(?:ms|s|m|h|d|w|y|k|kb|mb|gb|b|px|%|min|days?|hours?|chars?|bytes?)$/i;
const typedWord =
  /(?:token|secret|passw|pwd|passphrase|key|hash|credential|auth|config|env|param|option|param)/i;
// `Uint8Array`, `uint32_t`, `Float64Vector[]`: a type, in a signature.
const typeName =
  /^(?:u?int\d{1,3}(?:_t)?|u?(?:fixed|float|bytes?)\d{1,3}|[A-Z][A-Za-z]{0,20}\d{1,3}[A-Z]?[A-Za-z]{0,14}(?:Array|Strings?|Bytes|Buffer|Digest|Certificate|Key|List|Vector|Hash))(?:\[\d{0,4}\]|\?|[&*]){0,3}$/;
const identifier = /^[A-Za-z_$][\w$]{0,60}$/;
const memberAccess = /^[A-Za-z_$][\w$]{0,30}(?:\??\.[A-Za-z_$][\w$]{0,30}){1,6}$/;
// Encrypted for a cluster, or in a file of configuration: made to be shown.
const sealed = /^(?:Ag[A-D][A-Za-z0-9+/=]{200}|ENC\[[A-Z0-9_]{3,20},data:)/;
const algorithmDigest = /^(?:sha(?:1|256|384|512)|md5|SHA256)[-:]/;

/** Returns true for a value that names another thing, whatever it is assigned to. */
export function isOrdinary(value: string, quoted: boolean): boolean {
  if (isPlaceholder(value) || version.test(value) || dateOrTime.test(value)) return true;
  if (durationOrSize.test(value) || algorithmDigest.test(value)) return true;
  if (sealed.test(value)) return true;
  if (location.test(value) && !looksRandom(value.replace(/^\.{0,2}\//, ''), 24)) return true;
  if (quoted) return false;
  if (typeName.test(value)) return true;
  if (/[()]/.test(value) && /^[\w.$?]{1,60}\(/.test(value)) return true;
  if (/^[\w$.]{1,60}\[['"\w]/.test(value)) return true;
  if (memberAccess.test(value) && !value.split('.').some((part) => looksRandom(part, 12)))
    return true;
  return identifier.test(value) && typedWord.test(value) && !looksRandom(value, 20);
}

/** Beyond doubt no word, no name and no reference: spares the many looks of the other ways. */
function isPlainlyRandom(value: string): boolean {
  if (value.length < 16 || !/^[A-Za-z0-9]{16,256}$/.test(value)) return false;
  const { digits, upper, lower, distinct, changes, length } = shapeOf(value);
  return (
    digits >= 3 &&
    upper >= 2 &&
    lower >= 2 &&
    distinct >= 10 &&
    changes * 3 >= length &&
    !/[xX]{4}/.test(value)
  );
}

/** Returns true for what can be a password where a text says that it is one. */
export function isPasswordValue(
  value: string,
  context: { quoted: boolean; exact: boolean },
): boolean {
  if (isPlainlyRandom(value)) return true;
  if (value.length < 5 || isOrdinary(value, context.quoted)) return false;
  const { digits, upper, lower, other, length } = shapeOf(value);
  if (/\s/.test(value)) return false;
  const letters = upper + lower;
  if (digits === length) return length >= 6 && length <= 20;
  if (digits > 0 && letters > 0) return true;
  if (digits > 0) return length >= 8;
  const marks = value.replace(/[A-Za-z\d_.\-/:]/g, '').length;
  if (marks > 0 && letters >= 3 && length >= 8 && !/^[A-Za-z]{1,256}[,!?:]$/.test(value))
    return other > 0;
  if (upper >= 3 && lower >= 3 && looksRandom(value, 12)) return true;
  // A line of its own in an environment file, or a field of JSON: a plain word is the password.
  return context.exact && /^[a-z]{6,40}$/.test(value);
}

/** Returns true for what can be a token or a key where a text says that it is one. */
export function isTokenValue(value: string, quoted: boolean): boolean {
  if (isPlainlyRandom(value)) return true;
  if (value.length < 8 || /\s/.test(value) || isOrdinary(value, quoted)) return false;
  if (isWordList(value)) return false;
  const shape = shapeOf(value);
  if (shape.digits === shape.length) return shape.length >= 16 && shape.distinct >= 5;
  if (shape.digits === 0) return looksRandom(value, 16);
  return shape.upper + shape.lower > 0 && shape.distinct >= 5;
}
