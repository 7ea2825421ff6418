import { describe, expect, it } from 'vitest';
import { accountIdOf, accountOf } from './account-of.ts';

describe('accountOf', () => {
  it('is keyed by the address in lower case and takes it for a claim', () => {
    expect(accountOf('Ada', ' Ada@Example.COM ')).toEqual({
      source: 'git',
      externalId: 'ada@example.com',
      login: null,
      name: 'Ada',
      email: 'ada@example.com',
      emailVerified: false,
      vendorId: null,
      kind: 'human',
      isBot: false,
    });
  });

  it.each([
    ['12345+Ada-L@users.noreply.github.com', 'ada-l', 'github:12345'],
    ['ada-l@users.noreply.github.com', 'ada-l', null],
    ['77-ada@users.noreply.gitlab.com', 'ada', 'gitlab:77'],
  ])('reads login and number from %s', (email, login, vendorId) => {
    expect(accountOf('Ada', email)).toMatchObject({ login, vendorId, emailVerified: false });
  });

  it('keys an account without an address by its name, and has none without either', () => {
    expect(accountOf('Ada L', '')).toMatchObject({ externalId: 'noname:ada l', email: null });
    expect(accountOf(' ', ' ')).toBeNull();
  });

  it.each([
    ['dependabot[bot]', '49699333+dependabot[bot]@users.noreply.github.com', 'service_bot'],
    ['Renovate', 'bot@renovateapp.com', 'service_bot'],
    ['GitHub', 'noreply@github.com', 'service_bot'],
    ['CI', 'project_42_bot_abc@noreply.git.example.com', 'service_bot'],
    ['coderabbitai[bot]', '136622811+coderabbitai[bot]@users.noreply.github.com', 'service_bot'],
    ['Claude', 'noreply@anthropic.com', 'coding_agent'],
    ['Copilot', '198982749+Copilot@users.noreply.github.com', 'coding_agent'],
    ['x', '1+copilot-swe-agent[bot]@users.noreply.github.com', 'coding_agent'],
    ['Cursor Agent', 'cursoragent@cursor.com', 'coding_agent'],
    ['d', '158243242+devin-ai-integration[bot]@users.noreply.github.com', 'coding_agent'],
    ['j', '161369871+google-labs-jules[bot]@users.noreply.github.com', 'coding_agent'],
    ['Claude Monet', 'claude.monet@example.com', 'human'],
    ['Devin Cursor', 'devin@example.com', 'human'],
    ['Abbot', 'abbot@example.com', 'human'],
    ['Somebody', 'somebody@anthropic.com', 'human'],
  ])('takes %s <%s> for a %s', (name, email, kind) => {
    expect(accountOf(name, email)).toMatchObject({ kind, isBot: kind !== 'human' });
  });

  it('keeps two overlong addresses apart and every id within bounds', () => {
    const long = 'x'.repeat(5_000);
    const first = accountIdOf('', `${long}1@example.com`);
    const second = accountIdOf('', `${long}2@example.com`);
    expect(first).not.toBe(second);
    expect(first?.length).toBeLessThanOrEqual(320);
    expect(accountOf('y'.repeat(5_000), long)?.name?.length).toBe(200);
  });
});
