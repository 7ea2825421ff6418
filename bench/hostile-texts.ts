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
