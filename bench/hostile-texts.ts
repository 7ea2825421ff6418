const length = 50_000;

function filled(piece: string): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

function numbered(line: (index: number) => string): string {
  let text = '';
  for (let index = 0; text.length < length; index += 1) text += line(index);
  return text.slice(0, length);
}

/** Texts of 50,000 characters, each made to cost some rule as much as it can. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'one letter': filled('a'),
  'one digit': filled('4'),
  'digits and spaces': filled('4 '),
  'digits and dashes': filled('4242-'),
  'digits and dots': filled('1.'),
  'at signs': filled('@'),
  'nearly mail': filled('a@a.'),
  'nearly a number to call': filled('+49 30 '),
  'label of a number to call': filled('phone: 1 '),
  'addresses of machines': filled('1.1.1.1 '),
  'nearly an address of six': filled('a:b::'),
  'nearly a bank account': filled('DE39 9999 '),
  'label of an id': filled('ssn: 1-'),
  'label of an address': filled('home address: 1 '),
  'nearly a street': filled('1 Aa '),
  'names without values': filled('token: '),
  'names in one word': filled('token=token'),
  'names as names of names': filled('keykeykey_'),
  'open quotation marks': filled('api_key="'),
  'names and variables': filled('api_key=process.env.X;'),
  'parameters of a URL': filled('?sig='),
  'a sentence that never says it': filled('password for a '),
  'spaces behind a name': filled(`password${' '.repeat(200)}`),
  'prefixes of tokens': filled('sk-'),
  'other prefixes of tokens': filled('ghp_'),
  'nearly a web token': filled('eyJaaaaaaaaaa.'),
  'nearly a URL with a password': filled('a://a:'),
  'begins of keys': filled('-----BEGIN PRIVATE KEY-----'),
  'encoded begins of keys': filled('LS0tLS1CRUdJTi'),
  'schemes of headers': filled('Bearer '),
  cookies: filled('Cookie: session=aaaaaaaa; '),
  commands: filled('docker login '),
  'commands without end': filled('machine a login '),
  'cluster secrets': filled('kind: Secret\ndata:\n a: b\n'),
  'colours of a terminal': filled('\u001b[33m'),
  backslashes: filled('\\'),
  'escapes of characters': filled('\\u005f'),
  'escapes of escapes': filled('\\\\\\u005f'),
  'escapes of a URL': filled('%5F%255F'),
  'nearly an escape': filled('\\u00 %5 &#'),
  'entities of HTML': filled('&#95;&amp;#x5f;'),
  'what is not seen': filled('\u200b'),
  'what is not seen in every word': filled('gh\u200bp_a'),
  'spelled addresses': filled('a [at] a.'),
  'lists of codes': filled('recovery codes: a1b2c3 '),
  'nearly a hash': filled('$6$a$'),
  'another script': filled('トークン'),
  'many secrets, all the same': filled('password=Xv7HfWnWL3OqnT7DP0 '),
  'many secrets, all different': numbered(
    (index) => `t${index}_token=aB3${index * 7919}xYz${index}Qq `,
  ),
  'many addresses of mail': numbered((index) => `mira.${index}@example.com `),
};

/** What a machine writes all day. */
export const plainText = numbered(
  (index) =>
    `{"at":"2026-03-11T10:14:${String(index % 60).padStart(2, '0')}Z","step":"build","ok":true} The build of the release branch took four minutes. `,
);

/** The ways in which a begin is repeated, or stands before what never ends it. */
const repetitions: readonly ((begin: string, size: number) => string)[] = [
  (begin, size) => begin.repeat(Math.ceil(size / begin.length)).slice(0, size),
  (begin, size) => `${begin} `.repeat(Math.ceil(size / (begin.length + 1))).slice(0, size),
  (begin, size) => `${begin}\n`.repeat(Math.ceil(size / (begin.length + 1))).slice(0, size),
  (begin, size) => `${begin}aB3dE5fG`.repeat(Math.ceil(size / (begin.length + 8))).slice(0, size),
  (begin, size) => (begin.repeat(1 + size / 2 / begin.length) + 'aB3'.repeat(size)).slice(0, size),
  (begin, size) => (begin.repeat(1 + size / 2 / begin.length) + ' '.repeat(size)).slice(0, size),
  (begin, size) => `${begin}\u200b`.repeat(Math.ceil(size / (begin.length + 1))).slice(0, size),
  (begin, size) => `${begin}%5F\\u005f`.repeat(Math.ceil(size / (begin.length + 9))).slice(0, size),
];

/** Texts of one size made of nothing but a begin of a rule, one for each way of repeating it. */
export function textsOfBegin(begin: string, size: number): string[] {
  return repetitions.map((repeat) => repeat(begin, size));
}
