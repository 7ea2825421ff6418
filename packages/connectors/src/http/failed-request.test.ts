import { describe, expect, it } from 'vitest';
import { quotable, secretsIn } from './failed-request.ts';

describe('what is quoted of an answer', () => {
  it.each([
    ['a short token', 'Token token=y_NbAkKc66', 'You sent Token token=y_NbAkKc66 to us'],
    ['a token with a word around it', 'Bearer abcdef1', 'You sent x(abcdef1) to us'],
    ['a token of an account', `Basic ${btoa('a@b.c:s3cret')}`, 'You sent a@b.c:s3cret to us'],
    ['one in an address', 'Bearer abc/def+1', 'You sent ?t=abc%2Fdef%2B1 to us'],
  ])('holds no credential that was sent: %s', (_, authorization, words) => {
    const quoted = quotable(words, secretsIn({ authorization }));
    expect(quoted).toMatch(/^You sent .*… to us$/);
    for (const secret of ['y_Nb', 'abcdef1', 's3cret', 'def%2B1']) {
      expect(quoted).not.toContain(secret);
    }
  });

  it('holds the other words', () => {
    const secrets = secretsIn({ authorization: 'Bearer abcdef1' });
    expect(quotable('missing_scope (it needs users:read)', secrets)).toBe(
      'missing_scope (it needs users:read)',
    );
  });
});
