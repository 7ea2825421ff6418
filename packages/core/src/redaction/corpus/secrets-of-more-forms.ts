import { assemble } from './assemble.ts';
import type { CorpusCase } from './corpus-case.ts';
import { secretCase, secretsCase } from './make-case.ts';

const devops = (start: string): string =>
  assemble(
    start,
    'c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6',
    'JQQJ99BBACAAAAAAAAAAAAAS',
    'AZDO',
    '2abC',
  );
const olderDevops = assemble(
  't1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6',
  'kq81ZpBBACAAAAAAAAAAAAAS',
  'AZDO',
  '4xYz',
);

/** Tokens of services by their form, and variables of a process that hold a password. */
export const moreFormSecrets: readonly CorpusCase[] = [
  secretCase(
    'devops-84',
    devops('a1B2'),
    (value) => `git clone https://build:${value}@dev.example.com/acme/_git/api`,
  ),
  secretCase(
    'devops-84-bare',
    devops('q9W8'),
    (value) => `The agent was set up with ${value} yesterday.`,
  ),
  secretCase('devops-84-other-middle', olderDevops, (value) => `pat ${value}\n`),
  secretCase(
    'devops-variable',
    assemble('3m5k7q9w2e4r6t8y1u3i5o7p2a4s', '6d8f1g3h5j7k9l2z4x6c8v1b'),
    (value) => `export AZURE_DEVOPS_EXT_PAT=${value}`,
  ),
  secretCase(
    'devops-variable-yaml',
    assemble('9m5k7q9w2e4r6t8y1u3i5o7p2a4s', '6d8f1g3h5j7k9l2z4x6c8v1b'),
    (value) => `env:\n  AZURE_DEVOPS_EXT_PAT: ${value}`,
  ),
  secretCase(
    'github-variable-pat',
    assemble('4f8a1b2c3d9e7f6a5b4c', '1d2c3b4a59'),
    (value) => `CR_PAT="${value}" ./publish.sh`,
  ),
  secretCase(
    'asana-one',
    assemble('1/', '1204567890123456', ':', '9f8e7d6c5b4a39281706f5e4d3c2b1a0'),
    (value) => `Authorization: Bearer ${value}`,
  ),
  secretCase(
    'asana-two',
    assemble(
      '2/',
      '1204567890123456',
      '/1209876543210987',
      ':',
      '0f8e7d6c5b4a39281706f5e4d3c2b1a1',
    ),
    (value) => `asana said no to ${value}`,
  ),
  secretCase(
    'infisical',
    assemble(
      'st.',
      '64b5f0c2a1d3e4f5a6b7c8d9',
      '.9f8e7d6c5b4a39281706f5e4d3c2b1a2',
      '.1a2b3c4d5e6f708192a3b4c5d6e7f809',
    ),
    (value) => `infisical run --token ${value} -- npm start`,
  ),
  secretCase(
    'clojars',
    assemble('CLOJARS', '_', 'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5', 'p6q7r8s9t0u1v2w3x4y5z6a7b8c9d0'),
    (value) => `lein deploy with ${value}`,
  ),
  secretCase(
    'voyage',
    assemble('pa', '-', 'Ab3dE5fG7hJ2kL4mN6pQ8rS0tU1vW3xY5zAb3dE5fG7h'),
    (value) => `client = voyageai.Client("${value}")`,
  ),
  secretCase(
    'cursor-key',
    assemble('key', '_', '9f8e7d6c5b4a39281706f5e4d3c2b1a3'.repeat(2)),
    (value) => `agent started with ${value}`,
  ),
  secretCase(
    'cursor-user-key',
    assemble('crsr', '_', '8f8e7d6c5b4a39281706f5e4d3c2b1a3'.repeat(2)),
    (value) => `agent started with ${value}`,
  ),
  secretCase(
    'google-bound',
    assemble('AQ', '.', 'Ab8RN6K3dE5fG7hJ2kL4mN6pQ8rS0tU1vW3xY5zAb3dE5fG7h'),
    (value) => `?key=1 then ${value} in the log`,
  ),
  secretCase('variable-pg', 'swordfish', (value) => `docker run -e PGPASSWORD=${value} postgres`),
  secretCase('variable-pg-powershell', 'marlinspike', (value) => `$env:PGPASSWORD = "${value}"`),
  secretCase('variable-pg-blank', 'two words 7', (value) => `PGPASSWORD='${value}' psql -h db`),
  secretCase('variable-sshpass', 'halyard', (value) => `SSHPASS=${value} sshpass -e ssh build`),
  secretCase('variable-redis', 'capstan', (value) => `REDISCLI_AUTH=${value} redis-cli ping`),
  secretCase('variable-mysql', 'bowsprit', (value) => `run with MYSQL_PWD=${value} mysql -u app`),
  secretCase(
    'variable-image',
    'fo-castle',
    (value) => `FROM postgres\nENV MYSQL_ROOT_PASSWORD ${value}`,
  ),
  secretCase(
    'hash-apr1',
    assemble('$apr1', '$h6Fz3kQ1$', 'Zx81kQ77aPqLm2n3o4p5q/'),
    (value) => `mira:${value}`,
  ),
  secretCase(
    'hash-compose',
    assemble('$$apr1', '$$h6Fz3kQ2$$', 'Yx81kQ77aPqLm2n3o4p5q/'),
    (value) => `basicauth.users=mira:${value}`,
  ),
  secretCase(
    'hash-bcrypt',
    assemble('$2y', '$05$', 'N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'),
    (value) => `mira:${value}`,
  ),
  secretCase(
    'hash-sha',
    assemble('{SHA}', 'W6ph5Mm5Pz8GgiULbPgzG37mj9g='),
    (value) => `mira:${value}`,
  ),
  secretCase(
    'hash-ssha',
    assemble('{SSHA}', 'DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3'),
    (value) => `userPassword: ${value}`,
  ),
  secretCase('hash-des', 'rqXexS6ZhobKA', (value) => `mira:${value}\n`),
  secretCase(
    'hash-sha512-crypt',
    assemble(
      '$6',
      '$saltsalt$',
      'qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/',
    ),
    (value) => `root:${value}:19000:0:99999:7:::`,
  ),
  secretCase(
    'hash-yescrypt',
    assemble(
      '$y',
      '$j9T$',
      'F5Jx5fExrKuPp53xLKQ..1',
      '$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7',
    ),
    (value) => `root:${value}:19000:::`,
  ),
  secretCase(
    'hash-argon2',
    assemble(
      '$argon2id',
      '$v=19$m=65536,t=3,p=4',
      '$c29tZXNhbHQ',
      '$RdescudvJCsgt3ub+b4dWRWJTmaaJObG',
    ),
    (value) => `row 4 of users: ${value}`,
  ),
  secretCase(
    'hash-framework',
    assemble(
      'pbkdf2_sha256',
      '$600000$abcDEF12345',
      '$u5Kq1o2p3A4s5D6f7G8h9J0k1L2z3X4c5V6b7N8m9Qw=',
    ),
    (value) => `auth_user: ${value}`,
  ),
  secretCase(
    'hash-scram',
    assemble(
      'SCRAM-SHA-256',
      '$4096:W22ZaJ0SNY7soEsUEjb6gQ==',
      '$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU4=',
    ),
    (value) => `rolpassword | ${value}`,
  ),
  secretsCase(
    'codes-lines',
    ['4f8a1-b2c3d', '9e7f6-a5b4c', '1d2c3-b4a59'],
    'Recovery codes:\n4f8a1-b2c3d\n9e7f6-a5b4c\n1d2c3-b4a59',
  ),
  secretsCase(
    'codes-numbered',
    ['12349678', '87651321'],
    'Save your backup codes\n1. 12349678\n2. 87651321',
  ),
  secretsCase(
    'codes-json',
    ['abcd-ef12', '99zz-xy11'],
    '{"recovery_codes":["abcd-ef12","99zz-xy11"]}',
  ),
  secretsCase(
    'codes-letters',
    ['abcd-efgh-ijkl', 'bcda-fehg-jikl', 'cbad-hgfe-lkji'],
    'backup codes: abcd-efgh-ijkl, bcda-fehg-jikl, cbad-hgfe-lkji',
  ),
  secretsCase('codes-pairs', ['1234 5178', '8765 4821'], 'Your backup codes: 1234 5178, 8765 4821'),
  secretsCase(
    'codes-aside',
    ['K7XQ-92MD', '3FVB-T8WL'],
    'recovery codes (keep them safe):\n\n  K7XQ-92MD\n  3FVB-T8WL',
  ),
];

const token = (end: string): string => assemble('9aB3dE5fG7hJ2kL4mN6pQ8rS0tU1vW3xY5', end);

/** One token in each way in which a character of it is written otherwise, or one unseen is put into it. */
export const disguisedSecrets: readonly CorpusCase[] = [
  ['json', '\\u005f'],
  ['script', '\\x5f'],
  ['code-point', '\\u{5f}'],
  ['long', '\\U0000005f'],
  ['octal', '\\137'],
  ['json-in-json', '\\\\u005f'],
  ['url', '%5F'],
  ['url-twice', '%255F'],
  ['html', '&#95;'],
  ['html-hex', '&#x5F;'],
  ['html-name', '&lowbar;'],
  ['html-twice', '&amp;#95;'],
  ['markdown', '\\_'],
  ['wide', '\uff3f'],
  ['zero-width', '_\u200b'],
  ['soft-hyphen', '\u00ad_'],
  ['selector', '_\ufe0f'],
  ['tag', '_\u{e0041}'],
  ['filler', '_\u3164'],
  ['braille', '_\u2800'],
  ['unseen-escaped', '_\\u200b'],
  ['unseen-url', '_%E2%80%8B'],
  ['unseen-html', '_&shy;'],
  ['unseen-pair', '_\\udb40\\udc41'],
  ['break', '_<wbr>'],
].map(([id = '', sign = ''], index) => {
  const body = token(`z${String.fromCharCode(65 + index)}`);
  return {
    id: `disguised-${id}`,
    text: `seen ghp${sign}${body} in it`,
    findings: [{ kind: 'secret', value: body }],
  };
});
