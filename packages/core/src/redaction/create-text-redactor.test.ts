import { describe, expect, test } from 'vitest';
import { containsSensitiveText, createTextRedactor } from './create-text-redactor.ts';

const off = createTextRedactor({ level: 'off' });
const standard = createTextRedactor({ level: 'standard' });
const strict = createTextRedactor({ level: 'strict' });
const githubToken = ['ghp', 'Zk3Q9vR7tY2wX5uB8nM1cL6dF4gH0jPaSsEe'].join('_');

test.each([off, standard, strict])('a secret is masked at every level', ({ redact }) => {
  expect(redact(`pushed with ${githubToken} by hand`)).toBe('pushed with [secret] by hand');
});

test('the level says how much about persons is masked', () => {
  const text =
    'mira@example.com, card 4242 4242 4242 4242, login from 203.0.113.7, DOB: 1987-04-19';
  expect(off.redact(text)).toBe(text);
  expect(standard.redact(text)).toBe(
    '[e-mail], card [card], login from 203.0.113.7, DOB: 1987-04-19',
  );
  expect(strict.redact(text)).toBe('[e-mail], card [card], login from [ip], DOB: [personal data]');
});

test('a finding says what it is, which rule found it and where', () => {
  expect(strict.find('Call +49 30 23125 417, please')).toEqual([
    { kind: 'personal_data', rule: 'phone/international', start: 5, end: 21 },
  ]);
});

test('a secret that is named once is masked wherever else it stands', () => {
  expect(off.redact('DB_PASSWORD=Zx81-kQ77a\nconnecting with Zx81-kQ77a')).toBe(
    'DB_PASSWORD=[secret]\nconnecting with [secret]',
  );
});

test('a text that has nothing to hide comes back as it was', () => {
  const text = 'Closes #4128, see 4f1c9d2 and https://docs.example.com/guide?page=2';
  expect(strict.redact(text)).toBe(text);
  expect(containsSensitiveText(text)).toBe(false);
});

test('a secret is as sensitive as personal data', () => {
  expect(containsSensitiveText(`token ${githubToken}`)).toBe(true);
  expect(containsSensitiveText('write to mira@example.com')).toBe(true);
});

describe('what stands in place of a secret is none', () => {
  test.each([
    'password: <your-password>',
    'password: ${{ secrets.DB_PASSWORD }}',
    'const token = process.env.TOKEN;',
    'api_key=xxxxxxxxxxxxxxxx',
    'token = getToken()',
    'nextPageToken=abc123def456',
    'DB_PASSWORD_FILE=/run/secrets/db',
    'token_type=bearer expires_in=3600',
  ])('%s', (text) => expect(strict.find(text)).toEqual([]));
});

describe('a secret is found in each way of writing an assignment', () => {
  test.each([
    'password=Zx81-kQ77a',
    '{"password":"Zx81-kQ77a"}',
    String.raw`{\"password\":\"Zx81-kQ77a\"}`,
    'password: Zx81-kQ77a',
    '<password>Zx81-kQ77a</password>',
    '--password Zx81-kQ77a',
    'const password: string = "Zx81-kQ77a";',
    'setPassword("Zx81-kQ77a")',
    'environ["PASSWORD"] = "Zx81-kQ77a"',
    '- name: DB_PASSWORD\n  value: Zx81-kQ77a',
    'Server=db;User Id=app;Password=Zx81-kQ77a;Encrypt=True',
    'postgres://app:Zx81-kQ77a@db:5432/app',
    'body=user%3Dapp%26password%3DZx81-kQ77a%26next%3D1',
    'the password is Zx81-kQ77a',
  ])('%s', (text) => expect(strict.redact(text)).toBe(text.replace('Zx81-kQ77a', '[secret]')));
});

test.each(['\u200b', '\u00ad', '&#8203;', '%E2%80%8B'])(
  'a token that is stuck to a word is found where %j stands in its prefix or near it',
  (unseen) => {
    const body = 'rRbuevU13sCUvj95RLWzKmHx0In0R8G4dNNq';
    for (const written of [
      `fooghp${unseen}_${body}`,
      `fooghp_${unseen}${body}`,
      `foo${unseen}ghp_${body}`,
    ]) {
      expect(createTextRedactor({ level: 'off' }).redact(`see ${written}.`)).not.toContain(body);
    }
    const words = `de${unseen}sk-top and task-${unseen}list`;
    expect(createTextRedactor({ level: 'strict' }).redact(words)).toBe(words);
  },
);
